//! .
mod practice;
