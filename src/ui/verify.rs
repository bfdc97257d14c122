//! Step 3: a test mail, its header, and the verdict with the line that decides it.

use leptos::prelude::*;

use super::kit::{Action, Complaint, Heading, Notice, Summary, TextField, words_for};
use super::sitting::{Sitting, sitting};
use super::wording;
use crate::browser::{page, storage};
use crate::mail::verdict::{Judgement, Question, judge};
use crate::text::{Text, fill};
use crate::wizard::{Event, Screen};

const ID: &str = "header";
const VERDICT: &str = "verdict";
const DRAFT: &str = "draft-header";
const SENDER: &str = "draft-sender-domain";

#[component]
pub fn Verify() -> impl IntoView {
    let sitting = sitting();
    let t = sitting.words();
    let attached = sitting
        .wizard()
        .with_untracked(|wizard| wizard.attached().to_vec());
    let from = match attached.as_slice() {
        [] => t.verify_from_any.to_owned(),
        some => fill(t.verify_from, &[("addresses", &some.join(", "))]),
    };
    view! {
        <Heading words=t.verify_title/>
        <p class="lead">{t.verify_lead}</p>
        <ol class="steps">
            <li>
                <h2>{t.verify_send}</h2>
                <p>{from}</p>
                <p>{t.verify_to}</p>
            </li>
            <li>
                <h2>{t.verify_find}</h2>
                <p>{t.verify_find_text}</p>
                <MailPrograms t/>
            </li>
            <li>
                <h2>{t.verify_paste}</h2>
                <PasteHeader sitting t/>
            </li>
        </ol>
    }
    .into_any()
}

#[component]
fn MailPrograms(t: &'static Text) -> impl IntoView {
    let programs = [
        ("Gmail", t.find_gmail),
        ("Outlook (Web), Outlook.com", t.find_owa),
        (t.outlook_new, t.find_outlook_new),
        (t.outlook_classic, t.find_outlook_classic),
        ("Thunderbird", t.find_thunderbird),
        ("Apple Mail (Mac)", t.find_apple),
        ("Roundcube", t.find_roundcube),
        ("Zimbra", t.find_zimbra),
    ];
    let items: Vec<_> = programs
        .into_iter()
        .map(|(name, how)| {
            view! {
                <details>
                    <summary>{name}</summary>
                    <p>{how}</p>
                </details>
            }
        })
        .collect();
    view! { <div class="programs">{items}</div> }.into_any()
}

/// A judgement with the lines that decide it, cut out of what was pasted.
#[derive(Clone)]
struct Judged {
    judgement: Judgement,
    deciding: Vec<String>,
}

#[component]
fn PasteHeader(sitting: Sitting, t: &'static Text) -> impl IntoView {
    let pasted = RwSignal::new(storage::load(DRAFT).unwrap_or_default());
    let sender = RwSignal::new(storage::load(SENDER).unwrap_or_default());
    let judged = RwSignal::new(None::<Judged>);
    let complaints = RwSignal::new(Vec::new());
    let check = move || {
        let text = pasted.get_untracked();
        storage::save(DRAFT, &text);
        storage::save(SENDER, &sender.get_untracked());
        judged.set(None);
        if text.trim().is_empty() {
            complaints.set(vec![Complaint {
                id: ID,
                label: t.header_label,
                words: t.header_empty.to_owned(),
            }]);
            return;
        }
        complaints.set(Vec::new());
        let result = judge_for(sitting, &text, &sender.get_untracked());
        sitting.on(Event::HeaderJudged(wording::verified(
            &result.judgement.verdict,
        )));
        judged.set(Some(result));
        page::focus(VERDICT);
    };
    let problem = words_for(complaints, ID);
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                check();
            }
        >
            <Summary complaints/>
            <div class="field">
                <label for=ID>{t.header_label}</label>
                <p class="hint" id="header-hint">
                    {t.header_hint}
                </p>
                <p class="problem" id="header-problem">
                    {problem}
                </p>
                <textarea
                    id=ID
                    rows="10"
                    class="code"
                    wrap="off"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="header-hint header-problem"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    prop:value=pasted
                    on:input:target=move |event| pasted.set(event.target().value())
                ></textarea>
            </div>
            <details class="more">
                <summary>{t.sender_domain_title}</summary>
                <TextField id="sender-domain" label=t.sender_domain hint=t.sender_domain_hint value=sender/>
            </details>
            <p class="actions">
                <button type="submit" class="main">
                    {t.check}
                </button>
            </p>
        </form>
        <div id=VERDICT tabindex="-1" role="region" aria-label=t.verdict_label>
            {move || judged.get().map(|judged| show(sitting, t, &judged))}
        </div>
        <p class="actions">
            <Action words=t.finish quiet=true run=move || sitting.on(Event::WentTo(Screen::Done))/>
        </p>
    }
    .into_any()
}

fn judge_for(sitting: Sitting, text: &str, sender: &str) -> Judged {
    let sender = sender.trim();
    sitting.wizard().with_untracked(|wizard| {
        let connector = wizard.connector();
        let question = Question {
            smart_host: connector
                .and_then(|known| known.smart_host.as_deref())
                .unwrap_or_default(),
            provider: None,
            own_domain: (!sender.is_empty()).then_some(sender),
            attached: wizard.attached(),
            from: None,
        };
        let judgement = judge(text, &question);
        let line =
            |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
        let deciding = judgement.deciding.iter().map(line).collect();
        Judged {
            judgement,
            deciding,
        }
    })
}

fn show(sitting: Sitting, t: &'static Text, judged: &Judged) -> AnyView {
    let words = wording::verdict(t, &judged.judgement);
    let quoted = (!judged.deciding.is_empty()).then(|| {
        let lines: Vec<_> = judged
            .deciding
            .iter()
            .map(|line| view! { <blockquote><code>{line.trim().to_owned()}</code></blockquote> })
            .collect();
        view! {
            <p>{t.deciding}</p>
            {lines}
        }
    });
    let next = match words.next {
        wording::NextStep::Finish => {
            view! { <Action words=t.finish run=move || sitting.on(Event::WentTo(Screen::Done))/> }.into_any()
        }
        wording::NextStep::Addresses => {
            view! { <Action words=t.to_addresses run=move || sitting.on(Event::WentTo(Screen::Addresses))/> }
                .into_any()
        }
        wording::NextStep::PasteAgain => {
            view! { <Action words=t.paste_again quiet=true run=move || page::focus(ID)/> }.into_any()
        }
    };
    view! {
        <Notice tone=words.tone title=words.title>
            <p>{words.meaning}</p>
            {quoted}
            {next}
        </Notice>
    }
    .into_any()
}
