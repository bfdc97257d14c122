//! Verdicts in words: what they mean, how sure they are, what speaks for and against them.

use super::Tone;
use crate::mail::verdict::{Confidence, Judgement, Sign, Unclear, Verdict};
use crate::text::{Text, fill};

/// A verdict in words.
pub struct VerdictWords {
    pub tone: Tone,
    pub title: &'static str,
    pub meaning: String,
    pub next: NextStep,
}

/// Where a verdict leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    Finish,
    Addresses,
    PasteAgain,
}

pub fn verdict(t: &Text, judgement: &Judgement) -> VerdictWords {
    use NextStep::{Addresses, Finish, PasteAgain};
    let via = judgement.road.via.as_deref().unwrap_or(t.station_unnamed());
    let sender = judgement.sender().unwrap_or_default();
    let (tone, title, meaning, next) = match &judgement.verdict {
        Verdict::Used { white_label: false } => (
            Tone::Good,
            t.verdict_used(),
            t.verdict_used_meaning(),
            Finish,
        ),
        Verdict::Used { white_label: true } => (
            Tone::Good,
            t.verdict_used(),
            t.verdict_white_label_meaning(),
            Finish,
        ),
        Verdict::NotUsed => (
            Tone::Bad,
            t.verdict_not_used(),
            t.verdict_not_used_meaning(),
            Addresses,
        ),
        Verdict::OtherRoad => (
            Tone::Bad,
            t.verdict_other_road(),
            t.verdict_other_road_meaning(),
            PasteAgain,
        ),
        Verdict::Forged => (
            Tone::Warning,
            t.verdict_forged(),
            t.verdict_forged_meaning(),
            PasteAgain,
        ),
        Verdict::OtherConnector => (
            Tone::Bad,
            t.verdict_other_connector(),
            t.verdict_other_connector_meaning(),
            Addresses,
        ),
        Verdict::NotAttached => (
            Tone::Warning,
            t.verdict_not_attached(),
            t.verdict_not_attached_meaning(),
            Addresses,
        ),
        Verdict::NotAHeader => (
            Tone::Warning,
            t.verdict_no_header(),
            t.verdict_no_header_meaning(),
            PasteAgain,
        ),
        Verdict::CannotTell(why) => (
            Tone::Warning,
            t.verdict_cannot_tell(),
            unclear(t, *why),
            PasteAgain,
        ),
    };
    VerdictWords {
        tone,
        title,
        meaning: fill(meaning, &[("via", via), ("sender", sender)]),
        next,
    }
}

/// How sure a verdict is.
pub fn confidence(t: &Text, judgement: &Judgement) -> &'static str {
    match judgement.road.confidence {
        _ if matches!(
            judgement.verdict,
            Verdict::CannotTell(_) | Verdict::NotAHeader
        ) =>
        {
            t.confidence_of_nothing()
        }
        Confidence::Sure => t.confidence_sure(),
        Confidence::Likely => t.confidence_likely(),
        Confidence::Unsure => t.confidence_unsure(),
    }
}

/// What speaks for a verdict or against it.
pub fn sign(t: &Text, sign: Sign) -> &'static str {
    match sign {
        Sign::HandedOver => t.sign_handed_over(),
        Sign::InnerHop => t.sign_inner_hop(),
        Sign::ReturnPath => t.sign_return_path(),
        Sign::SpfPassed => t.sign_spf_passed(),
        Sign::SpfFailed => t.sign_spf_failed(),
        Sign::DkimPassed => t.sign_dkim_passed(),
        Sign::DkimSigned => t.sign_dkim_signed(),
        Sign::ProviderField => t.sign_provider_field(),
        Sign::SenderReplaced => t.sign_sender_replaced(),
        Sign::ConnectorField => t.sign_connector_field(),
        Sign::OwnServers => t.sign_own_servers(),
        Sign::OtherHost => t.sign_other_host(),
        Sign::NameOnlyClaimed => t.sign_name_claimed(),
        Sign::BrokenChain => t.sign_broken_chain(),
        Sign::Forwarded => t.sign_forwarded(),
        Sign::BegunAnew => t.sign_begun_anew(),
        Sign::RecipientsGateway => t.sign_recipients_gateway(),
        Sign::SubmittedElsewhere => t.sign_submitted_elsewhere(),
        Sign::ImpossibleAddress => t.sign_impossible_address(),
        Sign::SenderNotAttached => t.sign_not_attached(),
    }
}

/// Why a header does not tell, and what to paste instead.
fn unclear(t: &Text, why: Unclear) -> &'static str {
    match why {
        Unclear::NoReceived | Unclear::NoConnector => t.verdict_cannot_tell_meaning(),
        Unclear::Unreadable => t.unclear_unreadable(),
        Unclear::NoSender => t.unclear_no_sender(),
        Unclear::NeverLeft => t.unclear_never_left(),
        Unclear::BlottedOut => t.unclear_blotted_out(),
        Unclear::UnknownHost => t.unclear_unknown_host(),
        Unclear::PassedOn => t.unclear_passed_on(),
        Unclear::EitherSide => t.unclear_either_side(),
        Unclear::TooLong => t.unclear_too_long(),
        Unclear::Report => t.unclear_report(),
    }
}
