//! The markup that the page's Trusted Types policy lets through.

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/src/boot/markup.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn inert(markup: &str) -> Result<String, JsValue>;
}

#[wasm_bindgen_test]
fn what_leptos_sets_passes() {
    for markup in [
        "",
        "plain text &amp; more",
        "<!>",
        "<!---->",
        "<h1>Title</h1>",
        r#"<p class="notice" id="a">One<br>two</p>"#,
        r#"<input type="text" required aria-describedby="hint">"#,
        r#"<form method="dialog"><button value="no">Close</button></form>"#,
        r##"<a href="#step">x</a><a href="help.html?a=b#c">x</a>"##,
        r#"<a target="_blank" rel="noopener" href="https://help.ovhcloud.com/a?b=c&amp;d=e">x</a>"#,
        r##"<svg viewBox="0 0 8 8"><path fill="none" d="M1 1l2-.5z"></path><use href="#a"/></svg>"##,
    ] {
        assert_eq!(inert(markup).as_deref(), Ok(markup));
    }
}

#[wasm_bindgen_test]
fn what_can_run_load_or_restyle_is_refused() {
    for markup in [
        "<script>alert(1)</script>",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=\"a()\"></svg>",
        "<p onclick=\"a()\">x</p>",
        "<p style=\"color: red\">x</p>",
        "<style>p { color: red }</style>",
        "<link rel=\"stylesheet\" href=\"a.css\">",
        "<base href=\"https://example.org/\">",
        "<meta http-equiv=\"refresh\" content=\"0\">",
        "<iframe src=\"https://example.org/\"></iframe>",
        "<template><p>x</p></template>",
        "<button formaction=\"https://example.org/\">x</button>",
        "<form action=\"https://example.org/\"></form>",
        "<a href=\"javascript:a()\">x</a>",
        "<a href=\"&#106;avascript:a()\">x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<a href=\"http://example.org/\">x</a>",
        "<a href=\"//example.org/\">x</a>",
        "<a href=x>unquoted</a>",
        "<svg><use href=\"other.svg#a\"/></svg>",
        "<svg><animate attributeName=\"href\" to=\"x\"/></svg>",
        "<svg><foreignObject></foreignObject></svg>",
        "<textarea><p title=\"</textarea><script>a()</script>\">",
        "<!-- a comment -->",
        "<![CDATA[x]]>",
        "<?xml?>",
        "a < b",
        "<p",
        "<p class=\"a",
    ] {
        assert!(inert(markup).is_err(), "{markup}");
    }
}
