package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that fail say whether they had an effect. */
class OutcomesTest extends RestServer {

    @AfterEach
    void heal() {
        member.answerWith(null);
        member.release();
    }

    private static String typeOf(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        return json(response).get("type").stringValue();
    }

    @Test
    void aRefusedWriteHadNoEffect() throws Exception {
        member.answerWith(new ReplicaOutcome.NotApplied(0, new Refusal.NotLeader(null)));
        HttpResponse<String> refused = put("/v1/config/refused", "{\"value\":\"x\"}");
        member.answerWith(null);

        assertThat(typeOf(refused)).isEqualTo("/problems/not-applied");
        assertThat(get("/v1/config/refused").statusCode()).isEqualTo(404);
    }

    @Test
    void aWriteWithoutOutcomeIsUnknown() throws Exception {
        member.answerWith(new ReplicaOutcome.Unknown(0));

        assertThat(typeOf(put("/v1/config/unknown", "{\"value\":\"x\"}"))).isEqualTo("/problems/outcome-unknown");
        assertThat(typeOf(delete("/v1/config/unknown"))).isEqualTo("/problems/outcome-unknown");
        assertThat(typeOf(post("/v1/leases", "{\"ttlSeconds\":60}"))).isEqualTo("/problems/outcome-unknown");
    }

    @Test
    void aReadWithoutOutcomeCanBeRepeated() throws Exception {
        member.answerWith(new ReplicaOutcome.Unknown(0));

        assertThat(typeOf(get("/v1/config/unknown"))).isEqualTo("/problems/not-applied");
    }

    @Test
    void aWriteThatTakesTooLongIsUnknown() throws Exception {
        member.hold();
        HttpResponse<String> late = put("/v1/config/late", "{\"value\":\"x\"}");
        member.release();

        assertThat(typeOf(late)).isEqualTo("/problems/outcome-unknown");
    }

    @Test
    void theProblemsAreExplained() throws Exception {
        assertThat(get("/problems/outcome-unknown").body()).contains("may have taken effect");
        assertThat(get("/problems/not-applied").body()).contains("can be repeated");
    }
}
