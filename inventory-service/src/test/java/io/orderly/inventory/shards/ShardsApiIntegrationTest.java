package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.inventory.InventoryIntegrationTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class ShardsApiIntegrationTest extends InventoryIntegrationTest {

    @Test
    void splitsListsAcrossShardsAndMerges() {
        List<String> before = skus("/products?from=GAR-090&to=KIT-011&limit=200");
        JsonNode initial = shards();
        assertThat(initial.get("shards")).hasSize(1);

        JsonNode two =
                body(post("/shards/splits", "{\"at\":\"HOME\"}").expectStatus().isOk());
        assertThat(two.at("/shards/0/to").asString()).isEqualTo("HOME");
        assertThat(two.at("/shards/1/from").asString()).isEqualTo("HOME");
        assertThat(two.at("/shards/1").has("to")).isFalse();
        assertThat(two.get("generation").asLong())
                .isEqualTo(initial.get("generation").asLong() + 1);
        JsonNode three =
                body(post("/shards/splits", "{\"shard\":1}").expectStatus().isOk());
        assertThat(three.get("shards")).hasSize(3);
        assertThat(three.at("/shards/0/products").asLong()
                        - three.at("/shards/1/products").asLong())
                .isBetween(-1L, 1L);
        assertThat(shards()).isEqualTo(three);

        assertThat(before).hasSize(21).startsWith("GAR-090").endsWith("KIT-010").isSorted();
        assertThat(skus("/products?from=GAR-090&to=KIT-011&limit=5")).isEqualTo(before);
        assertThat(skus("/products?from=GAR-090&to=KIT-011&limit=5&category=KITCHEN"))
                .hasSize(10);
        assertThat(skus("/products?to=AUD-003")).containsExactly("AUD-001", "AUD-002");
        assertThat(skus("/products?from=TOY-099&to=TOYS")).containsExactly("TOY-099", "TOY-100");

        for (JsonNode map = three; map.get("shards").size() > 1; map = shards()) {
            post(
                            "/shards/merges",
                            "{\"left\":%d,\"right\":%d}"
                                    .formatted(
                                            map.at("/shards/0/shard").asInt(),
                                            map.at("/shards/1/shard").asInt()))
                    .expectStatus()
                    .isOk();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "splits | {}                          | 400 | at",
                "splits | {\"at\":\"A\",\"shard\":1}  | 400 | at",
                "splits | {\"at\":\"lower\"}          | 400 | at",
                "splits | {\"shard\":0}               | 400 | shard",
                "splits | {\"shard\":77}              | 422 | shard",
                "splits | {\"shard\":1,\"b\":2}       | 400 | b",
                "merges | {\"left\":1}                | 400 | right",
                "merges | {\"left\":1,\"right\":1000} | 400 | right",
                "merges | {\"left\":1,\"right\":1}    | 422 | right",
                "merges | {\"left\":1,\"right\":77}   | 422 | right"
            })
    void invalidRequestsAreRejectedWithTheFieldName(String kind, String request, int status, String field) {
        JsonNode before = shards();
        JsonNode problem = body(post("/shards/" + kind, request).expectStatus().isEqualTo(status));
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(shards()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"/products?from=B&to=B, to", "/products?from=B&to=A, to", "/products?from=b, from", "/products?to=, to"
    })
    void invalidBoundsAreRejectedWithTheParameterName(String path, String field) {
        JsonNode problem = body(http.get().uri(path).exchange().expectStatus().isBadRequest());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    private List<String> skus(String path) {
        List<String> skus = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = body(http.get()
                    .uri(path + (next.isEmpty() ? "" : "&after=" + next))
                    .exchange()
                    .expectStatus()
                    .isOk());
            page.get("products").forEach(product -> skus.add(product.get("sku").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return skus;
    }

    private JsonNode shards() {
        return body(http.get().uri("/shards").exchange().expectStatus().isOk());
    }

    private ResponseSpec post(String path, String json) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
