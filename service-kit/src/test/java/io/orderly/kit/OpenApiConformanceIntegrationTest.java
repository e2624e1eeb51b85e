package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.orderly.kit.testing.OpenApiConformanceListener;
import io.orderly.kit.testing.OpenApiConformanceResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A test fails if a response or an accepted request does not conform to the OpenAPI description. */
class OpenApiConformanceIntegrationTest extends KitIntegrationTest {

    private static final String CONFORMING = "{'price':{'amount':'12.30','currency':'EUR'},'word':'yes','note':null}";

    @Autowired
    MisdescribedController controller;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "201|application/json|/x|" + CONFORMING + "|status 201 is not described",
                "404|application/json|/x|{}|media type application/json is not described",
                "404|application/problem+json|/x|{'type':'/problems/x','title':'X','status':400,'detail':'x'}|another status",
                "404|application/problem+json|/x|{'type':'/problems/x','title':'X','status':404}|detail",
                "200|text/plain|/x|" + CONFORMING + "|media type text/plain is not described",
                "200|application/json|/x|yes|body is not JSON",
                "200|application/json||" + CONFORMING + "|header Location is missing",
                "404|application/problem+json|/x|" + CONFORMING + "|header Location is not described",
                "200|application/json|/x|{'price':{'amount':'12.30','currency':'EUR'},'word':'yes','more':1}|more",
                "200|application/json|/x|{'price':{'amount':'12.30','currency':'EUR','more':1},'word':'yes'}|/price",
                "200|application/json|/x|{'price':{'amount':'12.30','currency':'EUR'}}|word",
                "200|application/json|/x|{'price':{'amount':12.30,'currency':'EUR'},'word':'yes'}|/price/amount",
                "200|application/json|/x|{'price':{'amount':'12.3','currency':'EUR'},'word':'yes'}|/price/amount",
                "200|application/json|/x|{'price':null,'word':'yes'}|/price",
                "200|application/json|/x|{'price':{'amount':'12.30','currency':'EUR'},'word':null}|/word",
            })
    void failsTheTestOfAResponseThatDoesNotConform(
            int status, String type, String location, String body, String violation) {
        controller.respondWith(
                status, MediaType.parseMediaType(type), location == null ? "" : location, body.replace('\'', '"'));

        get("/misdescribed/1");

        assertThatThrownBy(this::endTest)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /misdescribed/1")
                .hasMessageContaining(violation);
    }

    @Test
    void passesTheTestOfAConformingResponse() {
        controller.respondWith(200, MediaType.APPLICATION_JSON, "/x", CONFORMING.replace('\'', '"'));

        get("/misdescribed/1");

        assertThatCode(this::endTest).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"/misdescribed/1?more=1, query parameter more is not described"})
    void failsTheTestOfAnAcceptedRequestThatIsNotDescribed(String path, String violation) {
        controller.respondWith(200, MediaType.APPLICATION_JSON, "/x", CONFORMING.replace('\'', '"'));

        get(path);

        assertThatThrownBy(this::endTest).hasMessageContaining(violation);
    }

    @Test
    void failsTheTestOfAnAcceptedBodyThatIsNotDescribed() {
        client().post()
                .uri("/misdescribed")
                .contentType(MediaType.TEXT_PLAIN)
                .body("x")
                .exchange();

        assertThat(OpenApiConformanceResults.takeViolations())
                .singleElement()
                .asString()
                .contains("a body of the request");
    }

    private void endTest() {
        new OpenApiConformanceListener().afterTestMethod(mock(TestContext.class));
    }

    private void get(String path) {
        client().get().uri(path).exchange();
    }

    private RestTestClient client() {
        return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }
}
