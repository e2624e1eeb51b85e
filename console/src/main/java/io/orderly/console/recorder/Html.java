package io.orderly.console.recorder;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A piece of HTML. A text becomes one only by escaping, so that a text of a message is never markup.
 *
 * @param markup well-formed
 */
record Html(String markup) {

    /** Characters that show nothing or change the order of others. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\\n\\t]]");

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { max-width: 1100px; margin: 0 auto; padding: 16px; font: 14px/1.45 system-ui, sans-serif; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-top: 1px solid #8886; font-weight: normal; overflow-wrap: anywhere; }
            thead th { font-weight: 600; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; padding: 8px; }
            """;

    static Html text(@Nullable String text) {
        String shown = Optional.ofNullable(text).orElse("—");
        return new Html(HtmlUtils.htmlEscape(INVISIBLE.matcher(shown).replaceAll("\uFFFD"), "UTF-8"));
    }

    /** @param tag a constant */
    static Html element(String tag, Html... content) {
        return new Html("<" + tag + ">" + joined(Stream.of(content)) + "</" + tag + ">");
    }

    static Html element(String tag, @Nullable String text) {
        return element(tag, text(text));
    }

    static Html all(List<Html> pieces) {
        return new Html(joined(pieces.stream()));
    }

    static Html table(List<String> columns, List<List<Html>> rows) {
        return element(
                "table",
                element(
                        "thead",
                        element(
                                "tr",
                                all(columns.stream()
                                        .map(name -> element("th", name))
                                        .toList()))),
                element(
                        "tbody",
                        all(rows.stream()
                                .map(row -> element(
                                        "tr",
                                        all(row.stream()
                                                .map(cell -> element("td", cell))
                                                .toList())))
                                .toList())));
    }

    /** A document that loads nothing and runs nothing, whatever it contains. */
    static String document(String title, Html... content) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body><main>%s</main></body>
                </html>
                """.formatted(text(title).markup(), STYLE, joined(Stream.of(content)));
    }

    private static String joined(Stream<Html> pieces) {
        return pieces.map(Html::markup).collect(Collectors.joining("\n"));
    }
}
