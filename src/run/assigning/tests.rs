mod simulation;
mod stages;
mod world;
