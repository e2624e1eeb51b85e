package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LeaseAndTimestampTest extends RestServer {

    private String grant() throws Exception {
        HttpResponse<String> granted = post("/v1/leases", "{\"ttlSeconds\":60}");
        assertThat(granted.statusCode()).isEqualTo(201);
        String lease = json(granted).get("lease").stringValue();
        assertThat(granted.headers().firstValue("Location")).hasValue("/v1/leases/" + lease);
        return lease;
    }

    @Test
    void aLeaseIsGrantedShownRenewedAndRevoked() throws Exception {
        String lease = grant();
        put("/v1/config/of-a-lease", "{\"value\":\"x\",\"lease\":\"" + lease + "\"}");

        JsonNode shown = json(get("/v1/leases/" + lease));
        assertThat(shown.get("ttlSeconds").asLong()).isEqualTo(60);
        assertThat(shown.get("remainingSeconds").asLong()).isBetween(30L, 60L);
        assertThat(shown.get("keys").get(0).stringValue()).isEqualTo("of-a-lease");
        assertThat(json(post("/v1/leases/" + lease + "/renewal", ""))
                        .get("ttlSeconds")
                        .asLong())
                .isEqualTo(60);
        assertThat(delete("/v1/leases/" + lease).statusCode()).isEqualTo(204);
        assertThat(get("/v1/leases/" + lease).statusCode()).isEqualTo(404);
        assertThat(post("/v1/leases/" + lease + "/renewal", "").statusCode()).isEqualTo(404);
        assertThat(delete("/v1/leases/" + lease).statusCode()).isEqualTo(404);
    }

    @Test
    void leasesAreListedByPages() throws Exception {
        String first = grant();
        String second = grant();
        JsonNode page = json(get("/v1/leases?limit=1"));
        JsonNode all = json(get("/v1/leases"));

        assertThat(page.get("leases")).hasSize(1);
        assertThat(page.get("next").stringValue())
                .isEqualTo(page.get("leases").get(0).stringValue());
        assertThat(StreamSupport.stream(all.get("leases").spliterator(), false).map(JsonNode::stringValue))
                .contains(first, second);
        JsonNode rest = json(get("/v1/leases?after=" + page.get("next").stringValue()));
        assertThat(rest.get("leases")).hasSize(all.get("leases").size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9000000001", "1.5", "\"60\"", "null", "99999999999999999999"})
    void aTimeToLiveOutOfItsRangeIsRefused(String ttl) throws Exception {
        HttpResponse<String> response = post("/v1/leases", "{\"ttlSeconds\":" + ttl + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"ttlSeconds\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "0", "-1", "10000000000000000", "AB"})
    void aMalformedLeaseIsRefused(String lease) throws Exception {
        assertThat(get("/v1/leases/" + lease).statusCode()).isEqualTo(400);
    }

    @Test
    void timestampsIncrease() throws Exception {
        JsonNode first = json(post("/v1/timestamps", "{\"count\":10}"));
        JsonNode second = json(post("/v1/timestamps", "{\"count\":1}"));

        assertThat(Long.parseLong(second.get("first").stringValue()))
                .isGreaterThanOrEqualTo(Long.parseLong(first.get("first").stringValue()) + 10);
        assertThat(first.get("firstTime").stringValue()).matches("20.*Z#[0-9a-f]{4}");
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "-5, 400", "2147483647, 422"})
    void aCountOutOfItsRangeIsRefused(int count, int status) throws Exception {
        assertThat(post("/v1/timestamps", "{\"count\":" + count + "}").statusCode())
                .isEqualTo(status);
    }
}
