package io.orderly.console.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.console.faults.FaultsView.FaultState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultAnswerTest {

    @Test
    void readsTheActiveFaults() throws IOException {
        assertThat(read("""
                {"processes":[],"links":[],"faults":[{"id":"far",
                "fault":{"fault":"latency","link":"a->b","direction":null,"delayMillis":50,"jitterMillis":10},
                "since":"1970-01-01T00:00:01Z","until":"1970-01-01T00:00:31Z",
                "effect":{"tookEffect":true,"seen":"47 packets were delayed"}}]}"""))
                .containsExactly(new FaultState(
                        "far",
                        "latency",
                        "a->b",
                        "delayMillis 50, jitterMillis 10",
                        1_000,
                        31_000L,
                        null,
                        true,
                        "47 packets were delayed"));
        assertThat(read("""
                {"faults":[{"id":"x","fault":{"fault":"kill","process":"kafka"},"since":"1970-01-01T00:00:01Z","until":null}]}""")).containsExactly(new FaultState("x", "kill", "kafka", "", 1_000, null, null, false, ""));
        assertThat(read("{\"faults\":[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "{\"faults\":7}",
                "{\"faults\":[7]}",
                "{\"faults\":[{\"since\":\"yesterday\"}]}",
                "{\"faults\":[{\"since\":\"+1000000000-12-31T23:59:59Z\"}]}"
            })
    void whatIsNoListOfFaultsIsAFailure(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    private static List<FaultState> read(String body) throws IOException {
        return FaultAnswer.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
