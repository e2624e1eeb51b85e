package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.kit.testing.InMemorySettings;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SettingsIntegrationTest extends OrderServiceIntegrationTest {

    private static final String RESERVE = "saga.deadline.reserve-inventory";

    @Test
    void showsTheConfiguredValuesByDefault() {
        assertThat(values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.max-concurrent-requests",
                        "100",
                        "placement.enabled",
                        "true",
                        RESERVE,
                        "30s",
                        "saga.deadline.charge-payment",
                        "1m",
                        "saga.deadline.schedule-shipment",
                        "30s",
                        "saga.deadline.commit-reservation",
                        "10s",
                        "saga.deadline.cancel-shipment",
                        "10s",
                        "saga.deadline.refund-payment",
                        "30s",
                        "saga.deadline.release-inventory",
                        "10s",
                        "saga.longest-deadline",
                        "1m"));
    }

    @Test
    void changesASettingAndReturnsToTheConfiguredValue() {
        assertThat(change(RESERVE, "{\"value\": \"20s\", \"by\": \"ada\", \"revision\": \"0\"}"))
                .isEqualTo(200);
        assertThat(values()).containsEntry(RESERVE, "20s");
        assertThat(change(RESERVE, "{\"by\": \"ada\"}")).isEqualTo(200);
        assertThat(values()).containsEntry(RESERVE, "30s");
    }

    @Test
    void refusesAChangeWithoutAnAuthorOrWithANumberAndOfAnUnknownSetting() {
        assertThat(change(RESERVE, "{\"value\": \"20s\"}")).isEqualTo(400);
        assertThat(change(RESERVE, "{\"value\": \"20s\", \"by\": \"ada\", \"revision\": 0}"))
                .isEqualTo(400);
        assertThat(change("unknown", "{\"value\": \"20s\", \"by\": \"ada\"}")).isEqualTo(404);
        assertThat(values()).containsEntry(RESERVE, "30s");
    }

    @Test
    void keepsTheLastValidDeadlineWhenAnotherClientStoresAnInvalidOne(@Autowired InMemorySettings settings) {
        settings.store(RESERVE, "20s");
        settings.store(RESERVE, "0s");
        try {
            assertThat(values()).containsEntry(RESERVE, "20s");
            assertThat(api.get("/actuator/settings").text()).contains("'0s' is not valid: allowed is 100ms to 24h");
            assertThat(api.get("/actuator/metrics/orderly.settings.invalid").text())
                    .contains("\"value\":1.0");
        } finally {
            settings.store(RESERVE, null);
        }
    }

    @Test
    void refusesNewOrdersWhilePlacementIsDisabledAndRepeatsTheResponsesOfAcceptedOnes(
            @Autowired InMemorySettings settings) {
        String body = OrderJson.order("alice", "LAMP-1", 2);
        String key = UUID.randomUUID().toString();
        OrderServiceClient.Response accepted = api.place(key, body);
        settings.store("placement.enabled", "false");
        try {
            assertThat(api.place(key, body).text()).isEqualTo(accepted.text());
            OrderServiceClient.Response refused = api.place(body);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("New orders are not accepted at present.");
        } finally {
            settings.store("placement.enabled", null);
        }
        assertThat(api.place(body).status()).isEqualTo(202);
    }

    private int change(String name, String body) {
        return api.post("/actuator/settings/" + name, body, request -> request).status();
    }

    private Map<String, String> values() {
        return api.get("/actuator/settings")
                .json()
                .get("settings")
                .valueStream()
                .collect(Collectors.toMap(
                        setting -> setting.get("name").asString(),
                        setting -> setting.get("value").asString()));
    }
}
