//! Asking OVHcloud: what is asked counts towards the pace, and readings of many things take their turn.

use leptos::prelude::*;
use serde_json::Value;

use super::Sitting;
use crate::browser::clock;
use crate::ovh::{Call, Error, Request, Signing};
use crate::ui::session::{Answer, Part};

impl Sitting {
    /// Asks OVHcloud.
    pub async fn ask<C: Call>(self, call: &C) -> Result<C::Output, Error> {
        self.ask_as(Part::Alone, call).await
    }

    /// Asks OVHcloud one of many things alike, which go on whatever becomes of this one.
    pub async fn ask_of_many<C: Call>(self, call: &C) -> Result<C::Output, Error> {
        self.ask_as(Part::OfMany, call).await
    }

    /// Waits until a reading's call fits into the pace; it is to be sent at once then. False where
    /// nothing is sent any more.
    pub async fn turn(self) -> bool {
        while self.now().is_signed_in() {
            let wait = self
                .turns
                .try_update_value(|turns| turns.take(clock::millis()));
            let Some(until) = wait.flatten() else {
                self.work.make_room();
                return true;
            };
            clock::sleep_until(until).await;
        }
        false
    }

    async fn ask_as<C: Call>(self, part: Part, call: &C) -> Result<C::Output, Error> {
        let answer = self.answer(part, call.request(), C::SIGNING).await?;
        C::read(&answer).ok_or(Error::Unreadable)
    }

    /// Asks OVHcloud something that is read elsewhere.
    pub async fn ask_plainly(self, request: Request) -> Result<Value, Error> {
        self.answer(Part::Alone, request, Signing::Full).await
    }

    fn answer(self, part: Part, request: Request, signing: Signing) -> Answer {
        Box::pin(async move {
            let session = self.session().ok_or(Error::Blocked)?;
            if part == Part::Alone {
                self.work.make_room();
            }
            self.turns.update_value(|turns| turns.sent(clock::millis()));
            let answer = session.answer(part, request, signing).await;
            self.turns
                .update_value(|turns| turns.heard(clock::millis(), &answer));
            answer
        })
    }
}
