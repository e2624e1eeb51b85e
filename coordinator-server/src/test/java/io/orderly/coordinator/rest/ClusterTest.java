package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClusterTest extends RestServer {

    @AfterEach
    void heal() {
        member.answerMembershipWith(null);
    }

    @Test
    void theClusterIsReturned() throws Exception {
        JsonNode cluster = json(get("/v1/cluster"));

        assertThat(cluster.get("leader").asInt()).isEqualTo(1);
        assertThat(cluster.get("member").asInt()).isEqualTo(1);
        assertThat(cluster.get("ballot").stringValue()).matches("[0-9]+\\.1");
        assertThat(cluster.get("lag").asLong()).isZero();
        assertThat(cluster.get("alarms")).isEmpty();
        assertThat(cluster.get("members").get(0).get("name").stringValue()).isEqualTo("coordinator-1");
    }

    @Test
    void aMemberIsAddedPromotedAndRemoved() throws Exception {
        HttpResponse<String> added =
                post("/v1/cluster/members", "{\"peerUrls\":[\"http://127.0.0.1:9999\"],\"voter\":false}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        int id = json(added).get("id").asInt();
        assertThat(json(added).get("learner").booleanValue()).isTrue();

        assertThat(post("/v1/cluster/members/" + id + "/promotion", "").statusCode())
                .isEqualTo(409);
        member.firstStart(new NodeId(id));
        HttpResponse<String> promoted = post("/v1/cluster/members/" + id + "/promotion", "");
        assertThat(json(promoted).get("learner").booleanValue()).isFalse();
        assertThat(delete("/v1/cluster/members/" + id).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/cluster/members/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"127.0.0.1:2380\"]",
                "[\"http://host\"]",
                "[\"ftp://host:1\"]",
                "[\"http://host:65536\"]",
                "[\" \"]",
                "null"
            })
    void malformedUrlsAreRefused(String urls) throws Exception {
        HttpResponse<String> response = post("/v1/cluster/members", "{\"peerUrls\":" + urls + ",\"voter\":true}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"peerUrls");
    }

    @Test
    void aMemberThatLagsIsNotPromoted() throws Exception {
        member.answerMembershipWith(new Reply.Refused<>(new Refusal.NotCaughtUp(new NodeId(1), 500)));

        HttpResponse<String> refused = post("/v1/cluster/members/1/promotion", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("lacks 500 entries");
    }

    @Test
    void aTransferThatTakesTooLongHadNoEffect() throws Exception {
        member.answerMembershipWith(new Reply.Refused<>(new Refusal.TransferTimedOut(new NodeId(2))));

        HttpResponse<String> refused = put("/v1/cluster/leader", "{\"member\":2}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).get("type").stringValue()).isEqualTo("/problems/not-applied");
    }

    @Test
    void theApiIsDescribed() throws Exception {
        JsonNode api = json(get("/v3/api-docs"));

        assertThat(api.get("paths").propertyNames())
                .contains(
                        "/v1/config/{key}",
                        "/v1/config/{key}/events",
                        "/v1/leases",
                        "/v1/elections/{name}",
                        "/v1/locks/{name}",
                        "/v1/timestamps",
                        "/v1/cluster");
        assertThat(api.toString()).contains("/problems/outcome-unknown");
        JsonNode put = api.get("paths").get("/v1/config/{key}").get("put").get("responses");
        assertThat(put.propertyNames()).contains("200", "400", "412", "503", "507");
        assertThat(put.get("412").get("$ref").stringValue()).isEqualTo("#/components/responses/PRECONDITION_FAILED");
        assertThat(api.get("components").get("responses").propertyNames())
                .contains("PRECONDITION_FAILED", "GONE", "INSUFFICIENT_STORAGE");
    }
}
