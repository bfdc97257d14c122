use super::{ApplicationKey, ConsumerKey, Found, Keys, Kind, Problem, Secret, find, read};

const APPLICATION: &str = "PracticeAppKey01";
const SECRET: &str = "PracticeSecret00PracticeSecret00";
const CONSUMER: &str = "PracticeConsumerKeyForEverybody0";

fn check_found(page: &str, expected: [&str; 3]) {
    let Found {
        application,
        secret,
        consumer,
    } = find(page);
    assert_eq!([&*application, &*secret, &*consumer], expected, "{page}");
}

#[test]
fn drops_what_pasting_adds() {
    for pasted in [
        "PracticeAppKey01",
        "  PracticeAppKey01\r\n",
        "Practice\nApp Key01",
        "\u{feff}Practice\u{200b}App\u{ad}Key01\u{a0}",
        "\"PracticeAppKey01\"",
    ] {
        assert_eq!(read(Kind::Application, pasted).as_deref(), Ok(APPLICATION));
    }
}

#[test]
fn says_what_is_wrong() {
    assert_eq!(read(Kind::Secret, " \n"), Err(Problem::Empty));
    assert_eq!(read(Kind::Secret, APPLICATION), Err(Problem::OtherKey));
    assert_eq!(read(Kind::Application, SECRET), Err(Problem::OtherKey));
    assert_eq!(
        read(Kind::Consumer, &CONSUMER[..31]),
        Err(Problem::Length { found: 31 })
    );
    assert_eq!(
        read(Kind::Application, "Practice+ppKey01"),
        Err(Problem::Characters)
    );
    assert_eq!(
        read(Kind::Application, "PräcticeAppKey01"),
        Err(Problem::Characters)
    );
}

#[test]
fn finds_all_three_in_a_page() {
    let all = [APPLICATION, SECRET, CONSUMER];
    check_found(
        &format!(
            "Application Key\n{APPLICATION}\n\nApplication Secret\n{SECRET}\n\nConsumer Key\n{CONSUMER}\n"
        ),
        all,
    );
    check_found(&format!("{APPLICATION} {SECRET} {CONSUMER}"), all);
    check_found(
        &format!(
            "Consumer Key: {CONSUMER}\nApplication Secret: {SECRET}\nApplication Key: {APPLICATION}"
        ),
        all,
    );
    check_found(
        &format!(
            "application_key={APPLICATION}\r\napplication_secret={SECRET}\r\nconsumer_key={CONSUMER}"
        ),
        all,
    );
}

#[test]
fn what_is_no_key_takes_no_place_of_one() {
    let all = [APPLICATION, SECRET, CONSUMER];
    let (short, long) = ("EU12345678901234", "8d3f0a6b8d3f0a6b8d3f0a6b8d3f0a6b");
    for page in [
        format!(
            "Customer {short}, application id: {long}\nApplication Key: {APPLICATION}\n\
             Application Secret: {SECRET}\nConsumer Key: {CONSUMER}"
        ),
        format!(
            "Keep the secret safe, your account being {long} at {short}.\n\
             Application key {APPLICATION}\nSecret {SECRET}\nConsumer key {CONSUMER}"
        ),
        format!(
            "application_key={APPLICATION}\napplication_secret={SECRET}\n\
             consumer_key={CONSUMER}\nrequest={long} {short}"
        ),
        format!("Account {short}\nappKey: {APPLICATION}\n{SECRET}\n{CONSUMER}"),
    ] {
        check_found(&page, all);
    }
}

#[test]
fn finds_only_what_is_there() {
    check_found(
        &format!("Your application: {APPLICATION}\nsecret {SECRET}"),
        [APPLICATION, SECRET, ""],
    );
    check_found(
        "Applicationname! characteristics INTERNATIONALISE",
        ["", "", ""],
    );
    check_found("", ["", "", ""]);
}

#[test]
fn nothing_secret_is_shown() {
    let keys = Keys {
        application: ApplicationKey(APPLICATION.into()),
        secret: Secret::new(SECRET.into()),
        consumer: ConsumerKey::new(CONSUMER.into()),
    };
    let shown = format!("{keys:?} {keys:#?}");
    assert!(shown.contains(APPLICATION));
    assert!(!shown.contains(SECRET) && !shown.contains(CONSUMER));
}

#[test]
fn sealing_keeps_all_three() {
    let keys = Keys {
        application: ApplicationKey(APPLICATION.into()),
        secret: Secret::new(SECRET.into()),
        consumer: ConsumerKey::new(String::new()),
    };
    assert_eq!(Keys::from_sealable(&keys.to_sealable()), Some(keys));
    assert_eq!(Keys::from_sealable(b"one\ntwo"), None);
    assert_eq!(Keys::from_sealable(&[0xff]), None);
}
