package io.orderly.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.orderly.kit.security.TokenDecoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens of the issuer as a whole, as the decoder of the services sees them. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // of the kit, only the decoder is on the class path
            "spring.autoconfigure.exclude=io.orderly.kit.security.SecurityAutoConfiguration",
            "orderly.issuer.url=" + IssuerTest.ISSUER,
            "orderly.issuer.token-life=10m",
            "orderly.issuer.clients.ada.scopes=orders:read,orders:write",
            "orderly.issuer.clients.ada.secret=the-secret-of-the-client-ada",
            "orderly.issuer.clients.operator.scopes=operate",
            "orderly.issuer.clients.operator.secret=the-secret-of-the-client-operator"
        })
class IssuerTest {

    static final String ISSUER = "http://127.0.0.1:8092";

    private static final String AUDIENCE = "orderly";

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    JWKSource<SecurityContext> keys;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource({
        "ada, orders:read orders:write",
        "ada, orders:read",
        "operator, operate",
    })
    void aClientGetsATokenThatTheServicesAccept(String client, String scopes) throws Exception {
        JsonNode answer = json(token(client, secretOf(client), scopes));

        Jwt token = decoder(AUDIENCE).decode(answer.path("access_token").asString());
        assertThat(token.getSubject()).isEqualTo(client);
        assertThat(token.getClaimAsStringList("scope")).containsExactlyInAnyOrder(scopes.split(" "));
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(10));
        assertThat(token.getHeaders()).containsEntry("typ", "at+jwt");
        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isBetween(1, 600);
    }

    @Test
    void theServicesRefuseATokenForAnotherAudienceOrOfAnotherIssuer() throws Exception {
        String token = json(token("ada", secretOf("ada"), "orders:read"))
                .path("access_token")
                .asString();
        assertThatThrownBy(() -> decoder("another").decode(token)).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> TokenDecoder.of("http://127.0.0.1:1", url("/oauth2/jwks"), AUDIENCE)
                        .decode(token))
                .isInstanceOf(BadJwtException.class);
    }

    @Test
    void theServicesRefuseATokenWhoseEndIsOver() {
        assertThat(decoder(AUDIENCE)
                        .decode(signed(Instant.now().plusSeconds(60)))
                        .getSubject())
                .isEqualTo("ada");
        String over = signed(Instant.now().minusSeconds(300));
        assertThatThrownBy(() -> decoder(AUDIENCE).decode(over))
                .isInstanceOf(BadJwtException.class)
                .hasMessageContaining("expired");
    }

    @ParameterizedTest
    @CsvSource({
        "ada, the-secret-of-the-client-operator, orders:read, 401, invalid_client",
        "ada, the-secret-of-the-client-ad, orders:read, 401, invalid_client",
        "eve, the-secret-of-the-client-ada, orders:read, 401, invalid_client",
        "ada, the-secret-of-the-client-ada, operate, 400, invalid_scope",
        "ada, the-secret-of-the-client-ada, orders:read admin, 400, invalid_scope",
    })
    void refusesOthersAndOtherScopes(String client, String secret, String scopes, int status, String error)
            throws Exception {
        HttpResponse<String> answer = token(client, secret, scopes);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=password&username=ada&password=ada&scope=orders:read",
                "grant_type=refresh_token&refresh_token=x",
                "grant_type=authorization_code&code=x",
                "scope=orders:read"
            })
    void hasNoOtherGrant(String form) throws Exception {
        HttpResponse<String> answer = send(post(form).header("Authorization", basic("ada", secretOf("ada"))));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"error\"").doesNotContain("access_token");
    }

    /** A secret in a form may end up in a log. */
    @Test
    void aSecretIsOnlyAcceptedInTheHeader() throws Exception {
        HttpResponse<String> answer = send(
                post("grant_type=client_credentials&scope=orders:read&client_id=ada&client_secret=" + secretOf("ada")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void publishesItsPublicKeyOnly() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(url("/oauth2/jwks")));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode published = json(answer).path("keys");
        assertThat(published.size()).isEqualTo(1);
        assertThat(published.path(0).propertyNames()).contains("kid", "x", "y").doesNotContain("d");
    }

    @Test
    void onlyHealthNeedsNoClient() throws Exception {
        assertThat(send(HttpRequest.newBuilder(url("/actuator/health/readiness")))
                        .statusCode())
                .isEqualTo(200);
        for (String path : List.of("/", "/actuator", "/actuator/env", "/login", "/oauth2/introspect")) {
            assertThat(send(HttpRequest.newBuilder(url(path))).statusCode())
                    .as(path)
                    .isIn(401, 403, 404);
        }
    }

    private JwtDecoder decoder(String audience) {
        return TokenDecoder.of(ISSUER, url("/oauth2/jwks"), audience);
    }

    /** A token with the key of the issuer. */
    private String signed(Instant end) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .audience(List.of(AUDIENCE))
                .subject("ada")
                .issuedAt(end.minusSeconds(600))
                .expiresAt(end)
                .build();
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.ES256).build(), claims))
                .getTokenValue();
    }

    private static String secretOf(String client) {
        return "the-secret-of-the-client-" + client;
    }

    private HttpResponse<String> token(String client, String secret, String scopes) throws Exception {
        return send(post("grant_type=client_credentials&scope=" + scopes.replace(" ", "+"))
                .header("Authorization", basic(client, secret)));
    }

    private HttpRequest.Builder post(String form) {
        return HttpRequest.newBuilder(url("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
