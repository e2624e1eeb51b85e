package io.orderly.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.orderly.console.audit.AuditView;
import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.system.SystemView;
import io.orderly.console.system.SystemView.Gauges;
import io.orderly.console.system.SystemView.ServiceState;
import io.orderly.console.topics.ConsumerLag;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state of the system in the page: its graph, the coordinator and the audit. */
class SystemBrowserIntegrationTest extends BrowserTest {

    @Test
    void theGraphShowsLagOutboxAndBreakerAndWhatItDoesNotKnow() {
        show("system");
        // no broker answers
        assertThat(page.locator("#graph")).containsText("lag ? · outbox 1.2K");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "half open");
        assertThat(page.locator("#graph")).containsText("provider");
        assertThat(page.locator("#graph .edge[data-breaker]")).containsText("half open");
        assertThat(page.locator("[aria-label=Services] tr:has-text('payment-service') td"))
                .hasText(new String[] {"● up", "1,234", "2", "half open", "", "inject a fault"});
        assertThat(page.locator("#system-tables")).containsText("order.saga-replies");
        assertThat(page.locator("#graph svg"))
                .hasAttribute("aria-label", Pattern.compile("payment-service UP lag unknown outbox 1\\.2K"));

        console.show(system(new Gauges(0L, 0L, "open"), 41L));
        assertThat(page.locator("#graph")).containsText("lag 41 · outbox 0");
        // of both its topics
        assertThat(page.locator("#graph")).containsText("lag 1K · outbox 7");
        assertThat(page.locator("#system-tables")).containsText("959");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "open");
        console.show(system(new Gauges(null, null, null), null));
        assertThat(page.locator("#graph")).containsText("lag ? · outbox ?");
        // of one of its topics it is not known
        assertThat(page.locator("#graph")).containsText("lag ? · outbox 7");
        assertThat(page.locator("#graph .edge[data-breaker]")).hasAttribute("data-breaker", "unknown");
        assertThat(page.locator("#system-tables td .state-word[data-state=UNKNOWN]"))
                .not()
                .hasCount(0);
        assertThat(browser.reports()).isEmpty();
    }

    @Test
    void theCoordinatorShowsItsLeasesElectionsAndSettings() {
        show("coordinator");
        assertThat(page.locator("#coordinator-members")).containsText("leader");
        assertThat(page.locator("#coordinator-members")).containsText("4.2");
        assertThat(page.locator("#coordinator-members")).containsText("1,234");
        assertThat(page.locator("#leases .remaining")).hasText(Pattern.compile("\\d+ of 30 s"));
        assertThat(page.locator("#leases")).containsText("<img src=x");
        assertThat(page.locator("#queues")).containsText("/partitions/order-service/leader");
        assertThat(page.locator("#queues")).containsText("77");

        Locator setting = page.locator("[id='setting-order-service-saga.longest-deadline']");
        assertThat(setting).containsText("5m");
        setting.locator("summary").focus();
        page.keyboard().press("Enter");
        assertThat(setting.locator(".history")).containsText("<img src=x onerror=window.hacked=1>: (configured) → 5m");
        services.answer(422, "{\"refused\":\"allowed is 100ms to 24h\"}");
        setting.locator(".setting-value").fill("2d");
        setting.locator(".setting-by").fill("ada");
        setting.locator("button.primary").click();
        assertThat(page.locator("#setting-result")).containsText("allowed is 100ms to 24h");
        services.answer(200, "{}");
        setting.locator("button.primary").click();
        assertThat(page.locator("#setting-result"))
                .containsText("saga.longest-deadline of the order-service: changed.");
        assertThat(services.posts().getLast())
                .isEqualTo(new StubSystem.Request(
                        "/actuator/settings/saga.longest-deadline",
                        "null",
                        "{\"value\":\"2d\",\"by\":\"ada\",\"revision\":\"34\"}"));
        setting.locator("button.reset").click();
        await().atMost(TIMEOUT)
                .until(() -> services.posts().getLast().body().equals("{\"by\":\"ada\",\"revision\":\"34\"}"));
        assertNothingWasExecuted();
    }

    @Test
    void theAuditLightIsGreenOnlyIfAllWasCheckedRecently() {
        page.clock().install();
        show("audit");
        // no broker answers, so the messages are not those of now
        assertThat(page.locator("#checks")).containsText("Kafka does not answer");
        assertThat(page.locator("#checks")).containsText("No account has less than nothing");
        assertThat(page.locator("#checks .verdict[data-state=HOLDS]")).not().hasCount(0);
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");

        console.show(audited(Verdict.HOLDS, 101));
        assertThat(page.locator("#nav-audit")).hasText("✓ 1 invariants hold");
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "HOLDS");
        page.clock().fastForward(31_000);
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");
        assertThat(page.locator("#nav-audit")).containsText("not audited for");
        console.show(audited(Verdict.VIOLATED, 102));
        assertThat(page.locator("#nav-audit")).hasText("✗ 1 violated");
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "VIOLATED");
        assertThat(page.locator("#checks")).containsText(MARKUP);
        console.show(audited(Verdict.HOLDS, 103));
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "HOLDS");
        console.close();
        assertThat(page.locator("#nav-audit")).hasAttribute("data-state", "UNKNOWN");
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    private static SystemView system(Gauges gauges, @Nullable Long lag) {
        return new SystemView(
                List.of(
                        new ServiceState("order-service", "http://127.0.0.1:1", "UP", "", new Gauges(7L, 0L, null)),
                        new ServiceState("payment-service", "http://127.0.0.1:1", "UP", "", gauges)),
                new ServiceState("payment-provider", "http://127.0.0.1:1", "AWAY", "refused", gauges),
                List.of(),
                List.of(),
                null,
                true,
                List.of(),
                List.of(
                        new ConsumerLag("order-service", "order.saga-replies", 959L),
                        new ConsumerLag("order-service", "product.products", lag),
                        new ConsumerLag("payment-service", "payment.commands", lag)),
                FaultsView.OFF,
                AuditView.NONE);
    }
}
