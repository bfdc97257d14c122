//! Whose mail it is.

use super::*;

#[test]
fn a_sender_who_is_not_attached_is_named() {
    let text = header(&["5.mo1.mail-out.ovh.net > mx.y.example"]);
    let check = |attached: &[&str], from: Option<&str>, expected: Verdict| {
        let attached: Vec<String> = attached.iter().map(|address| (*address).into()).collect();
        let question = Question {
            attached: &attached,
            from,
            ..ask("smtp.sendgrid.net")
        };
        let judgement = judge(&text, &question);
        assert_eq!(judgement.verdict, expected, "{attached:?} {from:?}");
        assert_eq!(judgement.road.verdict, Verdict::NotUsed);
    };
    check(&[], None, Verdict::NotUsed);
    check(&["Anna@A.example"], None, Verdict::NotUsed);
    check(&["b@a.example"], None, Verdict::NotAttached);
    check(&["b@a.example"], Some("anna@a.example"), Verdict::NotUsed);
    check(&[], Some("b@a.example"), Verdict::NotAttached);
}

#[test]
fn a_sender_of_the_providers_own_took_the_place_of_ours() {
    let attached = ["anna@a.example".to_owned()];
    let sign = |sender: &str, hop: &str, provider: &str| {
        let question = Question {
            attached: &attached,
            ..ask(provider)
        };
        let mail = header(&[hop]).replace("anna@a.example", sender);
        let judged = judge(&mail, &question);
        let replaced = judged.rests_on(Sign::SenderReplaced);
        (judged.verdict.name(), replaced)
    };
    let brevo = "smtp-relay.brevo.com";
    let handover = "gw.d.sender-sib.com > mx.y.example";
    let given = "anna@1234.brevosend.com";
    assert_eq!(sign(given, handover, brevo), ("used", true));
    assert_eq!(sign("anna@a.example", handover, brevo), ("used", false));
    let ovh = "5.mo1.mail-out.ovh.net > mx.y.example";
    assert_eq!(sign(given, ovh, brevo), ("not-used", false));
    // Another provider's address is a stranger's, and so is a house's that is known by no row.
    let other = "smtp.sendgrid.net";
    assert_eq!(sign(given, handover, other), ("not-attached", false));
    let house = "smtp.office365.com";
    let outlook = "mail.protection.outlook.com > mx.y.example";
    let stranger = sign("anna@outlook.com", outlook, house);
    assert_eq!(stranger, ("not-attached", false));
}
