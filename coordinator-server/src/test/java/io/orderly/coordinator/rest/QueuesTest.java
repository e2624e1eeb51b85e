package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Locks and elections. */
class QueuesTest extends RestServer {

    private String lease() throws Exception {
        return json(post("/v1/leases", "{\"ttlSeconds\":60}")).get("lease").stringValue();
    }

    private HttpResponse<String> acquire(String name, String lease) throws Exception {
        return post("/v1/locks/" + name + "/holders", "{\"lease\":\"" + lease + "\",\"waitSeconds\":1}");
    }

    private HttpResponse<String> campaign(String name, String lease, String value) throws Exception {
        return post(
                "/v1/elections/" + name + "/candidates",
                "{\"lease\":\"" + lease + "\",\"value\":\"" + value + "\",\"waitSeconds\":1}");
    }

    @Test
    void aLockIsHeldByOneClientAndItsTokensIncrease() throws Exception {
        String first = lease();
        String second = lease();
        HttpResponse<String> acquired = acquire("door", first);
        assertThat(acquired.statusCode()).as(acquired.body()).isEqualTo(200);
        long token = json(acquired).get("token").asLong();
        JsonNode holder = json(get("/v1/locks/door")).get("holder");
        assertThat(holder.get("lease").stringValue()).isEqualTo(first);
        assertThat(holder.get("token").asLong()).isEqualTo(token);

        HttpResponse<String> refused = acquire("door", second);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).get("type").stringValue()).isEqualTo("/problems/not-acquired");
        assertThat(json(acquire("door", first)).get("token").asLong())
                .as("rejoined")
                .isEqualTo(token);

        assertThat(delete("/v1/locks/door/holders/" + first).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/locks/door/holders/" + first).statusCode()).isEqualTo(404);
        assertThat(json(acquire("door", second)).get("token").asLong()).isGreaterThan(token);
    }

    @Test
    void aFreeLockHasNoHolder() throws Exception {
        JsonNode free = json(get("/v1/locks/free"));

        assertThat(free.get("holder").isNull()).isTrue();
        assertThat(free.get("waiting").asInt()).isZero();
    }

    @Test
    void anElectionHasOneLeaderUntilItResigns() throws Exception {
        String first = lease();
        String second = lease();
        HttpResponse<String> elected = campaign("captain", first, "one");
        assertThat(elected.statusCode()).as(elected.body()).isEqualTo(200);
        assertThat(campaign("captain", second, "two").statusCode()).isEqualTo(409);

        JsonNode leader = json(get("/v1/elections/captain")).get("leader");
        assertThat(leader.get("value").stringValue()).isEqualTo("one");
        assertThat(leader.get("token").asLong())
                .isEqualTo(json(elected).get("token").asLong());

        assertThat(delete("/v1/elections/captain/candidates/" + first).statusCode())
                .isEqualTo(204);
        assertThat(json(get("/v1/elections/captain")).get("leader").isNull()).isTrue();
        assertThat(json(campaign("captain", second, "two")).get("token").asLong())
                .isGreaterThan(leader.get("token").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"locks/x/holders", "elections/x/candidates"})
    void anUnknownLeaseIsRefused(String path) throws Exception {
        HttpResponse<String> response = post("/v1/" + path, "{\"lease\":\"abcdef\",\"waitSeconds\":1}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"field\":\"lease\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"waitSeconds\":1}", "{\"lease\":\"ab\"}", "{\"lease\":\"ab\",\"waitSeconds\":61}"})
    void aMalformedAttemptIsRefused(String body) throws Exception {
        assertThat(post("/v1/locks/x/holders", body).statusCode()).isEqualTo(400);
    }
}
