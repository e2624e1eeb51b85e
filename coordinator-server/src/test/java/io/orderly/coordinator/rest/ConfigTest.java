package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.member.HybridTime;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ConfigTest extends RestServer {

    @Test
    void aKeyIsCreatedReadChangedAndDeleted() throws Exception {
        HttpResponse<String> created = put("/v1/config/greeting", "{\"value\":\"hello\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        String etag = created.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).isEqualTo("\"" + json(created).get("modRevision").asLong() + "\"");

        HttpResponse<String> read = get("/v1/config/greeting");
        assertThat(json(read).get("value").stringValue()).isEqualTo("hello");
        assertThat(read.headers().firstValue("ETag")).hasValue(etag);

        HttpResponse<String> changed = put("/v1/config/greeting", "{\"value\":\"good day\"}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).get("version").asLong()).isEqualTo(2);

        assertThat(delete("/v1/config/greeting").statusCode()).isEqualTo(204);
        assertThat(get("/v1/config/greeting").statusCode()).isEqualTo(404);
        assertThat(delete("/v1/config/greeting").statusCode()).isEqualTo(404);
    }

    @Test
    void everyResponseHasThePositionOfTheMember() throws Exception {
        long revision = json(put("/v1/config/position", "{\"value\":\"x\"}"))
                .get("modRevision")
                .asLong();

        for (HttpResponse<String> response : List.of(
                get("/v1/config/position"), get("/v1/config/missing-key"), put("/v1/config/position", "no json"))) {
            assertThat(response.headers().firstValueAsLong(Position.REVISION).orElseThrow())
                    .isGreaterThanOrEqualTo(revision);
            assertThat(response.headers().firstValue(Position.BALLOT).orElseThrow())
                    .matches("[0-9]+\\.1");
            assertThat(hybridTime(response)).isGreaterThan(HybridTimestamp.MIN);
        }
    }

    @Test
    void theHybridTimeOfAResponseIsLaterThanThatOfItsRequest() throws Exception {
        HybridTimestamp first = hybridTime(get("/v1/config/position"));
        var ahead = new HybridTimestamp(first.physicalMillis() + 2_000, 7);
        HttpResponse<String> second = get("/v1/config/position", HybridTime.HEADER, ahead.toString());
        assertThat(hybridTime(second)).isGreaterThan(ahead);
        HttpResponse<String> third = get("/v1/config/position", HybridTime.HEADER, "no time");
        assertThat(hybridTime(third)).isGreaterThan(hybridTime(second));
    }

    private static HybridTimestamp hybridTime(HttpResponse<String> response) {
        return HybridTimestamp.parse(
                response.headers().firstValue(HybridTime.HEADER).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a-string|\"text\"|text|\"text\"",
                "an-object|{\"a\": [1, {}]}|{\"a\":[1,{}]}|{\"a\":[1,{}]}",
                "a-number|42|42|\"42\"",
                "json-in-a-string|\"{\\\"a\\\":1}\"|{\"a\":1}|{\"a\":1}",
                "almost-json|\"{a}\"|{a}|\"{a}\"",
                "two-values|\"[1][2]\"|[1][2]|\"[1][2]\"",
            })
    void aValueIsTextOrJson(String key, String sent, String stored, String shown) throws Exception {
        put("/v1/config/" + key, "{\"value\":" + sent + "}");

        assertThat(get("/v1/config/" + key, "Accept", "text/plain").body()).isEqualTo(stored);
        assertThat(json(get("/v1/config/" + key)).get("value").toString()).isEqualTo(shown);
    }

    @Test
    void aTextIsStoredUnchanged() throws Exception {
        String text = "grüße\n\u0000 {";
        HttpResponse<String> created = send(
                request("/v1/config/raw").header("Content-Type", "text/plain").PUT(BodyPublishers.ofString(text)));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(get("/v1/config/raw", "Accept", "text/plain").body()).isEqualTo(text);
    }

    @Test
    void binaryValuesAreReturnedInBase64() throws Exception {
        send(request("/v1/config/binary")
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 1})));

        JsonNode shown = json(get("/v1/config/binary"));
        assertThat(shown.get("valueBase64").stringValue()).isEqualTo("/wE=");
        assertThat(shown.has("value")).isFalse();
    }

    @Test
    void aKeyMayContainSlashes() throws Exception {
        put("/v1/config/%2Fapp%2Fdb%2Furl", "{\"value\":\"jdbc\"}");

        JsonNode shown = json(get("/v1/config/%2Fapp%2Fdb%2Furl"));
        assertThat(shown.get("key").stringValue()).isEqualTo("/app/db/url");
        assertThat(json(get("/v1/config?prefix=/app/")).get("entries")).hasSize(1);
    }

    @Test
    void aKeyIsCreatedOnlyOnce() throws Exception {
        assertThat(put("/v1/config/once", "{\"value\":\"1\"}", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> again = put("/v1/config/once", "{\"value\":\"2\"}", "If-None-Match", "*");

        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(json(again).get("type").stringValue()).isEqualTo("/problems/precondition-failed");
        assertThat(json(get("/v1/config/once")).get("value").stringValue()).isEqualTo("1");
    }

    @Test
    void aConditionalChangeFailsIfTheKeyHasChanged() throws Exception {
        String etag = put("/v1/config/counter", "{\"value\":\"1\"}")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<String> first = put("/v1/config/counter", "{\"value\":\"2\"}", "If-Match", etag);
        HttpResponse<String> second = put("/v1/config/counter", "{\"value\":\"3\"}", "If-Match", etag);
        HttpResponse<String> deletion = delete("/v1/config/counter", "If-Match", etag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.headers().firstValue("ETag"))
                .isEqualTo(first.headers().firstValue("ETag"));
        assertThat(deletion.statusCode()).isEqualTo(412);
        assertThat(json(get("/v1/config/counter")).get("value").stringValue()).isEqualTo("2");
    }

    @Test
    void anUnchangedKeyIsNotSentAgain() throws Exception {
        String etag = put("/v1/config/cached", "{\"value\":\"1\"}")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        assertThat(get("/v1/config/cached", "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get("/v1/config/cached", "If-None-Match", "\"1\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aListIsReadByPagesAtOneRevision() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("/v1/config/list%2F" + i, "{\"value\":\"" + i + "\"}");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        long revision = 0;
        while (cursor != null) {
            JsonNode page = json(get("/v1/config?prefix=list/&limit=2" + cursor));
            page.get("entries").forEach(entry -> seen.add(entry.get("key").stringValue()));
            assertThat(revision == 0 || revision == page.get("revision").asLong())
                    .isTrue();
            revision = page.get("revision").asLong();
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").stringValue();
            put("/v1/config/list%2F9", "{\"value\":\"later\"}");
        }

        assertThat(seen).containsExactly("list/0", "list/1", "list/2", "list/3", "list/4");
    }

    @Test
    void aPageOfACompactedRevisionIsGone() throws Exception {
        put("/v1/config/gone%2F1", "{\"value\":\"1\"}");
        put("/v1/config/gone%2F2", "{\"value\":\"2\"}");
        JsonNode page = json(get("/v1/config?prefix=gone/&limit=1"));
        long newest = json(put("/v1/config/gone%2F3", "{\"value\":\"3\"}"))
                .get("modRevision")
                .asLong();
        member.execute(new StoreCommand.Compact(newest)).get(10, TimeUnit.SECONDS);

        HttpResponse<String> next =
                get("/v1/config?prefix=gone/&limit=1&cursor=" + page.get("next").stringValue());
        assertThat(next.statusCode()).isEqualTo(410);
        assertThat(json(next).get("type").stringValue()).isEqualTo("/problems/compacted");
        assertThat(next.body()).contains(Long.toString(newest));
    }

    @Test
    void anEarlierRevisionCanBeRead() throws Exception {
        long first = json(put("/v1/config/history", "{\"value\":\"old\"}"))
                .get("modRevision")
                .asLong();
        put("/v1/config/history", "{\"value\":\"new\"}");

        assertThat(json(get("/v1/config/history?revision=" + first))
                        .get("value")
                        .stringValue())
                .isEqualTo("old");
        assertThat(get("/v1/config/history?revision=999999").statusCode()).isEqualTo(422);
    }

    @Test
    void aKeyIsDeletedWithItsLease() throws Exception {
        String lease =
                json(post("/v1/leases", "{\"ttlSeconds\":60}")).get("lease").stringValue();
        HttpResponse<String> created = put("/v1/config/leased", "{\"value\":\"x\",\"lease\":\"" + lease + "\"}");
        assertThat(json(created).get("lease").stringValue()).isEqualTo(lease);

        assertThat(delete("/v1/leases/" + lease).statusCode()).isEqualTo(204);
        assertThat(get("/v1/config/leased").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\":\"x\",\"lease\":\"77\"}|422|lease",
                "{\"value\":\"x\",\"lease\":\"no id\"}|400|lease",
                "{\"value\":\"x\",\"lease\":\"0\"}|400|lease",
                "{\"valu\":\"x\"}|400|valu",
                "{}|400|value",
                "{\"value\":|400|",
                "[]|400|",
            })
    void aMalformedChangeNamesItsField(String body, int status, String field) throws Exception {
        HttpResponse<String> response = put("/v1/config/malformed", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        if (field != null) {
            assertThat(response.body()).contains("\"field\":\"" + field + "\"");
        }
        assertThat(get("/v1/config/malformed").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "W/\"42\"", "\"a\"", "\"1\", \"2\"", "\"-1\"", "\"0\""})
    void aMalformedPreconditionIsRefused(String etag) throws Exception {
        HttpResponse<String> response = put("/v1/config/malformed", "{\"value\":\"x\"}", "If-Match", etag);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"If-Match\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/config?limit=0, limit",
        "/v1/config?limit=1001, limit",
        "/v1/config?cursor=abc, cursor",
        "/v1/config?cursor=%25, cursor",
        "/v1/config?prefx=a, prefx",
        "/v1/config/a?revision=0, revision",
    })
    void aMalformedQueryNamesItsParameter(String path, String field) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void aKeyThatIsNotUtf8IsRefused() throws Exception {
        assertThat(get("/v1/config/%FF").statusCode()).isEqualTo(400);
    }

    @Test
    void keysAndValuesOverTheirLimitsAreRefused() throws Exception {
        HttpResponse<String> key = put("/v1/config/" + "k".repeat(7_000), "{\"value\":\"x\"}");
        HttpResponse<String> value = send(request("/v1/config/large")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("x".repeat(3 << 20))));

        assertThat(key.statusCode()).isEqualTo(201);
        assertThat(value.statusCode()).isEqualTo(413);
        assertThat(member.execute(StoreCommand.DeleteRange.of(Bytes.utf8("k".repeat(7_000)))))
                .succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, 415",
        "application/xml, 415",
    })
    void aBodyOfAnotherTypeIsRefused(String type, int status) throws Exception {
        HttpResponse<String> response =
                send(request("/v1/config/form").header("Content-Type", type).PUT(BodyPublishers.ofString("a=b")));

        assertThat(response.statusCode()).isEqualTo(status);
    }
}
