package io.orderly.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.PlainJWT;
import io.orderly.kit.security.Access;
import io.orderly.kit.security.AccessRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Sends a request of each kind of caller to each endpoint of a service whose callers sign in. The table of what an endpoint needs is
 * written a second time in the test of each service, so that a new endpoint and a changed rule fail until a second place agrees.
 */
public final class SignInMatrix {

    private static final String OF_EVERY_SERVICE = """
            PUBLIC GET /
            PUBLIC GET /problems
            PUBLIC GET /problems/{name}
            PUBLIC GET /error
            OPERATE GET /dead-letters
            OPERATE GET /dead-letters/{id}
            OPERATE POST /dead-letters/replay
            OPERATE POST /dead-letters/discard
            OPERATE POST /dead-letters/{id}/replay
            OPERATE POST /dead-letters/{id}/discard
            """;

    private static final String ALL_SCOPES = "orders:read orders:write operate";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final int port;
    private final Map<Sender, String> tokens;

    private SignInMatrix(int port, TestIssuer issuer) {
        this.port = port;
        this.tokens = Map.of(
                Sender.EXPIRED,
                issuer.signed(issuer.claims("ada", ALL_SCOPES)
                        .expirationTime(TestIssuer.in(-300))
                        .build()),
                Sender.OTHER_AUDIENCE,
                issuer.signed(
                        issuer.claims("ada", ALL_SCOPES).audience("another").build()),
                Sender.UNSIGNED,
                new PlainJWT(issuer.claims("ada", ALL_SCOPES).build()).serialize(),
                Sender.READER,
                issuer.token("ada", "orders:read"),
                Sender.WRITER,
                issuer.token("ada", "orders:write"),
                Sender.OPERATOR,
                issuer.token("oscar", "operate"));
    }

    private enum Sender {
        ANONYMOUS,
        EXPIRED,
        OTHER_AUDIENCE,
        UNSIGNED,
        READER,
        WRITER,
        OPERATOR;

        /** The status with which this sender is refused; 0 if not. */
        int refusal(Access needed) {
            return switch (this) {
                case ANONYMOUS -> needed == Access.PUBLIC ? 0 : 401;
                case EXPIRED, OTHER_AUDIENCE, UNSIGNED -> 401;
                case READER -> needed == Access.PUBLIC || needed == Access.READ ? 0 : 403;
                case WRITER -> needed == Access.PUBLIC || needed == Access.WRITE ? 0 : 403;
                case OPERATOR -> 0;
            };
        }
    }

    /** @param own the endpoints of the service that others do not have, each in a line such as {@code READ GET /orders/{id}} */
    public static void assertHolds(ApplicationContext service, int port, TestIssuer issuer, String own)
            throws IOException, InterruptedException {
        SortedMap<String, Access> needed = new TreeMap<>();
        (OF_EVERY_SERVICE + own).lines().map(line -> line.strip().split(" ", 2)).forEach(words -> {
            assertThat(needed.put(words[1], Access.valueOf(words[0])))
                    .as(words[1])
                    .isNull();
        });
        SortedSet<String> endpoints = endpoints(service);
        assertThat(endpoints)
                .filteredOn(endpoint -> ofLibraries(endpoint) == null)
                .containsExactlyElementsOf(needed.keySet());

        SignInMatrix matrix = new SignInMatrix(port, issuer);
        List<String> wrong = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String endpoint : endpoints) {
                Access access = needed.containsKey(endpoint) ? needed.get(endpoint) : ofLibraries(endpoint);
                for (Sender sender : Sender.values()) {
                    matrix.check(http, endpoint, sender, sender.refusal(access), wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What each endpoint of a service needs, which may be open. Fails if no rule names an endpoint. */
    public static SortedMap<String, Access> rules(ApplicationContext service) {
        AccessRules rules = AccessRules.merged(service.getBeanProvider(AccessRules.class).stream());
        SortedMap<String, Access> needed = new TreeMap<>();
        for (String endpoint : endpoints(service)) {
            String[] words = endpoint.split(" ", 2);
            Optional<Access> access =
                    rules.find(HttpMethod.valueOf(words[0]), PathContainer.parsePath(pathOf(words[1])));
            assertThat(access).as("a rule for %s", endpoint).isPresent();
            needed.put(endpoint, access.orElseThrow());
        }
        return needed;
    }

    /** What the endpoints of Spring Boot and springdoc need, which depend on the settings of a service; null for others. */
    private static @Nullable Access ofLibraries(String endpoint) {
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        if (path.startsWith("/actuator/health") || path.startsWith("/v3/api-docs") || path.startsWith("/swagger-ui")) {
            return Access.PUBLIC;
        }
        return path.startsWith("/actuator") ? Access.OPERATE : null;
    }

    /** Each method and pattern that has a handler. */
    private static SortedSet<String> endpoints(ApplicationContext service) {
        return service.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(mapping -> mapping.getPatternValues().stream().map(path -> methodOf(mapping) + " " + path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each mapping of the services has one method; those of libraries that have none are for all. */
    private static String methodOf(RequestMappingInfo mapping) {
        return mapping.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .findFirst()
                .orElse("GET");
    }

    private void check(HttpClient http, String endpoint, Sender sender, int refusal, List<String> wrong)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(endpoint, sender), BodyHandlers.ofString());
        int status = response.statusCode();
        boolean refused = status == 401 || status == 403;
        boolean asExpected = refusal == 0 ? !refused : status == refusal && isExplained(response);
        if (!asExpected) {
            wrong.add("%s by %s: expected %s, was %d %s"
                    .formatted(endpoint, sender, refusal == 0 ? "no refusal" : refusal, status, response.body()));
        }
    }

    private static boolean isExplained(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer ")
                && response.headers().firstValue("Content-Type").orElse("").equals("application/problem+json");
    }

    private HttpRequest request(String endpoint, Sender sender) {
        String[] words = endpoint.split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + pathOf(words[1])))
                .timeout(TIMEOUT)
                .method(words[0], BodyPublishers.noBody());
        if (tokens.containsKey(sender)) {
            request.header("Authorization", "Bearer " + tokens.get(sender));
        }
        return request.build();
    }

    /** Ids for which there is nothing. */
    private static String pathOf(String pattern) {
        return pattern.replace("/**", "/nothing")
                .replaceAll("\\{(id|orderId)}", "01a22def-36dc-7000-830e-b5f08fd6574e")
                .replaceAll("\\{[^}]*}", "nothing");
    }
}
