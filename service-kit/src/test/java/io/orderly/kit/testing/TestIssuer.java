package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** An issuer of tokens for tests. It serves its public key on the loopback interface. */
public final class TestIssuer implements AutoCloseable {

    private static final String AUDIENCE = "orderly";
    private static final String KEY_ID = "test";
    private static final int MINUTES = 60;

    private final HttpServer server;
    private final ECKey key = newKey();

    private TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    public static TestIssuer start() {
        try {
            return new TestIssuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key that no issuer has published, with the id of the one that this issuer has. */
    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(KEY_ID).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of a service that accepts the tokens of this issuer and no others. */
    public Map<String, String> settings() {
        return Map.of(
                "orderly.security.open",
                "never",
                "orderly.security.issuer",
                url(),
                "orderly.security.jwk-set",
                url() + "/keys");
    }

    /** @param scopes with spaces between them */
    public String token(String subject, String scopes) {
        return signed(claims(subject, scopes).build());
    }

    /** The claims of a valid token, to which others can be added. */
    public JWTClaimsSet.Builder claims(String subject, String scopes) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject(subject)
                .claim("scope", scopes)
                .expirationTime(in(5 * MINUTES));
    }

    public String signed(JWTClaimsSet claims) {
        return signed(key, header().build(), claims);
    }

    /** The header of a valid token, to which others can be added. */
    public static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY_ID);
    }

    public String signed(JWSHeader header, JWTClaimsSet claims) {
        return signed(key, header, claims);
    }

    public static String signed(ECKey key, JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as served, which is no secret. */
    public String publicKey() {
        return key.toPublicJWK().toJSONString();
    }

    /** A time from now; negative seconds are in the past. */
    public static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
