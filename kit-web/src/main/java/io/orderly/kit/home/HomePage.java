package io.orderly.kit.home;

import io.orderly.kit.home.Home.Link;
import io.orderly.kit.openapi.ApiProperties;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Renders the page, as data and as HTML. */
final class HomePage {

    private final String serviceName;
    private final ApiProperties api;
    private final Links links;

    HomePage(String serviceName, ApiProperties api, Links links) {
        this.serviceName = serviceName;
        this.api = api;
        this.links = links;
    }

    Home data() {
        return new Home(serviceName, api.version(), api.description(), links.resources(), links.operations());
    }

    String html() {
        Home home = data();
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                </head>
                <body>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <h2>Resources</h2>
                <ul>
                %3$s
                </ul>
                <h2>Operations</h2>
                <ul>
                %4$s
                </ul>
                <p>Version %5$s</p>
                </body>
                </html>
                """.formatted(
                        HtmlUtils.htmlEscape(home.service()),
                        HtmlUtils.htmlEscape(home.description()),
                        items(home.resources()),
                        items(home.operations()),
                        HtmlUtils.htmlEscape(home.version()));
    }

    private static String items(List<Link> links) {
        return links.stream().map(HomePage::item).collect(Collectors.joining("\n"));
    }

    private static String item(Link link) {
        String path = HtmlUtils.htmlEscape(link.href());
        String title = HtmlUtils.htmlEscape(Objects.requireNonNullElse(link.title(), ""));
        // a template cannot be followed
        return link.isTemplate()
                ? "<li><code>%s</code> %s</li>".formatted(path, title)
                : "<li><a href=\"%s\"><code>%s</code></a> %s</li>".formatted(path, path, title);
    }
}
