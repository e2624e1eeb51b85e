package io.orderly.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/**
 * What keeps people from using a view: barriers that axe-core finds, and a view that is wider than its window. A view is loaded in a narrow window, and
 * looked at there, then in a wide one, and then in the dark. The elements stay the same, so axe checks all its rules once, and afterwards only those
 * that depend on the size of the window or on colours.
 */
final class Barriers {

    private static final String AXE = axe();
    private static final int NARROW = 390;
    private static final int WIDE = 1280;
    private static final List<String> ALL_RULES = List.of();
    private static final List<String> RULES_OF_SIZES = List.of("color-contrast", "scrollable-region-focusable");
    private static final List<String> RULES_OF_COLOURS = List.of("color-contrast");

    private Barriers() {}

    /** A narrow window in which nothing moves, and which the script of axe can be added to. */
    static Page open(TestBrowser browser) {
        return browser.open(TestBrowser.options(NARROW, ColorScheme.LIGHT)
                .setBypassCSP(true)
                // a row that is still fading in has little contrast
                .setReducedMotion(ReducedMotion.REDUCE));
    }

    /**
     * Looks at what a page of {@link #open} shows. With {@code -Dorderly.screenshots=true} it writes pictures to target/screenshots.
     *
     * @param view its name
     */
    static List<String> find(Page page, String view) {
        List<String> found = new ArrayList<>();
        found.addAll(find(page, view, NARROW, ColorScheme.LIGHT, RULES_OF_SIZES));
        found.addAll(find(page, view, WIDE, ColorScheme.LIGHT, ALL_RULES));
        found.addAll(find(page, view, WIDE, ColorScheme.DARK, RULES_OF_COLOURS));
        show(page, NARROW, ColorScheme.LIGHT); // for the next view
        return found;
    }

    private static void show(Page page, int width, ColorScheme scheme) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    private static List<String> find(Page page, String view, int width, ColorScheme scheme, List<String> rules) {
        show(page, width, scheme);
        String where = "%s-%d-%s".formatted(view, width, scheme);
        List<String> found = new ArrayList<>();
        // after two frames the page has drawn itself again
        int needed = (Integer) page.evaluate("""
                () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
                  done(document.documentElement.scrollWidth))))""");
        if (needed > width) {
            found.add("%s: needs a width of %d".formatted(where, needed));
        }
        if (Boolean.getBoolean("orderly.screenshots")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target", "screenshots", where + ".png"))
                    .setFullPage(true));
        }
        found.addAll(axe(page, where, rules));
        return found;
    }

    private static List<String> axe(Page page, String where, List<String> rules) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(AXE));
        }
        Map<String, Object> options =
                rules.isEmpty() ? Map.of() : Map.of("runOnly", Map.of("type", "rule", "values", rules));
        String text = (String) page.evaluate("""
                async options => (await axe.run(document, options)).violations.map(violation => violation.id + ': ' + violation.help + ' '
                  + violation.nodes.slice(0, 5).map(node => node.target.join(' ') + ' ('
                    + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ') + ')').join(' | ')).join('\\n')""", options);
        return text.lines().map(barrier -> where + ": " + barrier).toList();
    }

    private static String axe() {
        try {
            return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
