//! What `idle` and `judging` have in common: pure modules that the page has besides the reader. What
//! the reader shares with them, of the standard library above all, weighs nothing in the page.

use std::hint::black_box;

use send_connector_wizard::config;
use send_connector_wizard::list::{Index, List, Review};
use send_connector_wizard::ovh::shown;
use send_connector_wizard::ovh::{Request, endpoint};
use send_connector_wizard::run::Next;
use send_connector_wizard::run::assigning::{Assigning, Goal, Pace, Piece, Place, Question};
use send_connector_wizard::run::order::Order;

pub fn used_anyway(text: &str) {
    black_box(config::read(text));
    black_box(listed(text));
    black_box(Order::from_json_text(text).map(|order| order.to_json_text()));
    black_box(assigned(text));
    for endpoint in endpoint::known() {
        let request = Request::get(text.to_owned());
        black_box((
            shown::curl(&endpoint, &request),
            shown::python(&endpoint, &request),
        ));
    }
}

fn listed(text: &str) -> Review {
    let to_ascii = |host: &str| Some(host.to_owned());
    let list = List::guess(text);
    let index = Index::new(&[text.to_owned()], to_ascii);
    let mut review = Review::default();
    for row in list.rows(text) {
        review.take(&list, &row, &index, to_ascii);
    }
    review
}

fn assigned(text: &str) -> Option<Assigning> {
    let goal = Goal {
        address: text.to_owned(),
        wanted: 1,
    };
    let mut job = Assigning::new([goal], Pace::per_minute(60), 1);
    let mut now = 0;
    let mut pieces: Vec<Piece> = Vec::new();
    loop {
        match job.next(now) {
            Next::Finished => break,
            Next::Wait { until } => now = until,
            Next::Send(Question::Write { index, .. }) => job.written(now, index, Ok(())),
            Next::Send(Question::Read { index }) => {
                job.read(now, index, Err(send_connector_wizard::ovh::Error::Offline));
            }
        }
        pieces.extend(job.take_dirty());
    }
    Assigning::from_pieces(&pieces.last()?.text, |number| {
        let mut pieces = pieces.iter();
        let piece = pieces.find(|piece| piece.place == Place::Chunk(number))?;
        Some(piece.text.clone())
    })
}
