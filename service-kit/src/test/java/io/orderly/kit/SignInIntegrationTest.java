package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import io.orderly.kit.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service whose callers sign in, and what it refuses. */
@Import(SignInIntegrationTest.Rules.class)
@DirtiesContext
class SignInIntegrationTest extends KitIntegrationTest {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final String OPERATORS_ONLY = "/dead-letters";

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    MeterRegistry meters;

    @LocalServerPort
    int port;

    @TestConfiguration(proxyBeanMethods = false)
    static class Rules {

        @Bean
        AccessRules accessToTestOrders() {
            return AccessRules.none().with(Access.WRITE, HttpMethod.POST, "/test-orders");
        }
    }

    @DynamicPropertySource
    static void signIn(DynamicPropertyRegistry registry) {
        ISSUER.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    static Stream<Arguments> invalidTokens() throws JOSEException {
        return Stream.of(
                Arguments.of("expired", signed(valid().expirationTime(TestIssuer.in(-300)))),
                Arguments.of("without an end", signed(valid().expirationTime(null))),
                Arguments.of("not valid yet", signed(valid().notBeforeTime(TestIssuer.in(300)))),
                Arguments.of("for another audience", signed(valid().audience("another"))),
                Arguments.of("for no audience", signed(valid().audience((String) null))),
                Arguments.of("of another issuer", signed(valid().issuer("http://127.0.0.1:1"))),
                Arguments.of("of no issuer", signed(valid().issuer(null))),
                Arguments.of("without a subject", signed(valid().subject(null))),
                Arguments.of("with a blank subject", signed(valid().subject(" "))),
                Arguments.of("with a subject of two lines", signed(valid().subject("ada\nbob"))),
                Arguments.of("with a long subject", signed(valid().subject("a".repeat(256)))),
                Arguments.of("unsigned", new PlainJWT(valid().build()).serialize()),
                Arguments.of(
                        "signed by another key",
                        TestIssuer.signed(
                                TestIssuer.newKey(), TestIssuer.header().build(), valid().build())),
                Arguments.of(
                        "signed by an unknown key",
                        ISSUER.signed(TestIssuer.header().keyID("unknown").build(), valid().build())),
                Arguments.of("signed with the public key as a secret", symmetric()),
                Arguments.of(
                        "of another type",
                        ISSUER.signed(
                                TestIssuer.header()
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                valid().build())),
                Arguments.of("that was cut", ISSUER.token("oscar", "operate").substring(0, 200)),
                Arguments.of("of two words", "a b"),
                Arguments.of("with three dots", "a.b.c.d"),
                Arguments.of("of dots only", ".."),
                Arguments.of("that is no token", "operate"));
    }

    private static JWTClaimsSet.Builder valid() {
        return ISSUER.claims("oscar", "operate");
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return ISSUER.signed(claims.build());
    }

    private static String symmetric() throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), valid().build());
        token.sign(new MACSigner(ISSUER.publicKey()));
        return token.serialize();
    }

    @ParameterizedTest(name = "a token {0}")
    @MethodSource
    void invalidTokens(String kind, String token) throws Exception {
        double before = refusals("invalid-token");

        HttpResponse<String> response = get(OPERATORS_ONLY, token);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.body()).contains("\"type\":\"/problems/unauthenticated\"");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"orderly\", error=\"invalid_token\"");
        assertThat(refusals("invalid-token")).isEqualTo(before + 1);
    }

    static Stream<Object> scopesThatGrantNothing() {
        return Stream.of(
                42,
                true,
                List.of(1, 2),
                Collections.singletonList(null),
                Map.of("operate", true),
                List.of(List.of("operate")),
                "",
                " ",
                "OPERATE",
                "operate2",
                "operate,orders:read",
                List.of("operate orders:read"));
    }

    @ParameterizedTest
    @MethodSource
    void scopesThatGrantNothing(Object scope) throws Exception {
        double before = refusals("missing-scope");

        HttpResponse<String> response = get(OPERATORS_ONLY, signed(valid().claim("scope", scope)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(response.body()).contains("\"type\":\"/problems/forbidden\"");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"orderly\", error=\"insufficient_scope\"");
        assertThat(refusals("missing-scope")).isEqualTo(before + 1);
    }

    static Stream<Arguments> validTokens() {
        return Stream.of(
                Arguments.of("of an issuer", ISSUER.token("oscar", "operate")),
                Arguments.of("with more scopes", ISSUER.token("oscar", "profile  operate email")),
                Arguments.of("with an array of scopes", signed(valid().claim("scope", List.of("operate", "profile")))),
                Arguments.of("with much in it", signed(valid().claim("padding", "x".repeat(16 << 10)))),
                Arguments.of("with several audiences", signed(valid().audience(List.of("another", "orderly")))),
                Arguments.of(
                        "of RFC 9068",
                        ISSUER.signed(
                                TestIssuer.header()
                                        .type(new JOSEObjectType("at+jwt"))
                                        .build(),
                                valid().build())),
                Arguments.of(
                        "with a type",
                        ISSUER.signed(
                                TestIssuer.header().type(JOSEObjectType.JWT).build(), valid().build())));
    }

    @ParameterizedTest(name = "a token {0}")
    @MethodSource
    void validTokens(String kind, String token) throws Exception {
        assertThat(get(OPERATORS_ONLY, token).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenThatIsLargerThanTheHeadersMayBeIsRefused() throws Exception {
        String token = signed(valid().claim("padding", "x".repeat(64 << 10)));

        try {
            assertThat(get(OPERATORS_ONLY, token).statusCode()).isIn(400, 401, 431);
        } catch (IOException e) {
            // the service has closed the connection before the client had sent all
            assertThat(e).isNotInstanceOf(HttpTimeoutException.class);
        }
        assertThat(get(OPERATORS_ONLY, ISSUER.token("oscar", "operate")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutATokenIsToldToSendOne() throws Exception {
        double before = refusals("no-token");

        HttpResponse<String> response = send(request(OPERATORS_ONLY).build());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"orderly\"");
        assertThat(refusals("no-token")).isEqualTo(before + 1);
    }

    @Test
    void onlyTheHeaderHasATokenAndOnlyOne() throws Exception {
        String token = ISSUER.token("oscar", "operate");

        assertThat(send(request(OPERATORS_ONLY + "?access_token=" + token).build())
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(request(OPERATORS_ONLY)
                                .header("Authorization", "Basic " + token)
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anEndpointWithoutARuleIsRefusedAlsoToOperators() throws Exception {
        String token = ISSUER.token("oscar", "operate orders:read orders:write");

        assertThat(get("/test-orders/failures/sql", token).statusCode()).isEqualTo(403);
        assertThat(get("/nowhere", token).statusCode()).isEqualTo(403);
        assertThat(send(request("/test-orders/failures/sql").build()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void healthNeedsNoTokenAndTheOtherEndpointsOfTheActuatorDo() throws Exception {
        assertThat(send(request("/actuator/health/liveness").build()).statusCode())
                .isEqualTo(200);
        assertThat(send(request("/actuator/prometheus").build()).statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", ISSUER.token("ada", "orders:read orders:write"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/actuator/prometheus", ISSUER.token("oscar", "operate")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theDescriptionSaysThatCallersSignIn() throws Exception {
        assertThat(send(request("/v3/api-docs").build()).body())
                .contains("\"securitySchemes\"", "\"bearer\"", "#/components/responses/UNAUTHORIZED");
    }

    @Test
    void aKeyBelongsToTheSubjectThatUsesIt() throws Exception {
        String key = "key-" + UUID.randomUUID();
        String body = "{\"customerId\":\"ada\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}";

        List<String> placed = Stream.of("oscar", "olga", "oscar")
                .map(subject -> place(subject, key, body))
                .toList();

        assertThat(placed.get(1)).isNotEqualTo(placed.get(0));
        assertThat(placed.get(2)).isEqualTo(placed.get(0));
    }

    /** @return the location of the order */
    private String place(String subject, String key, String body) {
        try {
            HttpResponse<String> response = send(request("/test-orders")
                    .header("Authorization", "Bearer " + ISSUER.token(subject, "operate"))
                    .header("Idempotency-Key", key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            return response.headers().firstValue("Location").orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double refusals(String reason) {
        Counter counter =
                meters.find("orderly.security.refusals").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + token).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }
}
