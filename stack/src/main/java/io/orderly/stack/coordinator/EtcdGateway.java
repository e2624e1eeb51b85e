package io.orderly.stack.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of one member, over the JSON gateway of the etcd API. Each method fails with an {@link IOException} unless it succeeds. */
final class EtcdGateway {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final URI member;

    /** @param member where clients reach it */
    EtcdGateway(URI member) {
        this.member = member;
    }

    /**
     * @param leader the id of the member that leads, as this member knows it; 0 if there is none
     * @param term the term of this leader
     */
    record Status(String memberId, String leader, long term) {

        boolean leads() {
            return leader.equals(memberId);
        }
    }

    Status status() throws IOException, InterruptedException {
        JsonNode status = call("/v3/maintenance/status", Map.of());
        return new Status(
                status.path("header").path("member_id").asString(""),
                status.path("leader").asString("0"),
                status.path("raftTerm").asLong(0));
    }

    /** @param lease the lease that the key is deleted with; 0 for none */
    void put(String key, String value, String lease) throws IOException, InterruptedException {
        call("/v3/kv/put", Map.of("key", encoded(key), "value", encoded(value), "lease", lease));
    }

    /** @param serializable whether the member answers from its own state, which may lag behind */
    Optional<String> get(String key, boolean serializable) throws IOException, InterruptedException {
        JsonNode value = call("/v3/kv/range", Map.of("key", encoded(key), "serializable", serializable))
                .path("kvs")
                .path(0)
                .path("value");
        return value.isMissingNode()
                ? Optional.empty()
                : Optional.of(new String(Base64.getDecoder().decode(value.asString("")), UTF_8));
    }

    void delete(String key) throws IOException, InterruptedException {
        call("/v3/kv/deleterange", Map.of("key", encoded(key)));
    }

    /** @return its id */
    String grant(Duration timeToLive) throws IOException, InterruptedException {
        return call("/v3/lease/grant", Map.of("TTL", timeToLive.toSeconds()))
                .path("ID")
                .asString("");
    }

    /** @return whether the lease still existed */
    boolean keepAlive(String lease) throws IOException, InterruptedException {
        return call("/v3/lease/keepalive", Map.of("ID", lease))
                        .path("result")
                        .path("TTL")
                        .asLong(0)
                > 0;
    }

    void revoke(String lease) throws IOException, InterruptedException {
        call("/v3/lease/revoke", Map.of("ID", lease));
    }

    private JsonNode call(String path, Map<String, ?> request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(member.resolve(path))
                        .timeout(CALL_TIMEOUT)
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException(
                    "%s%s returned %d: %s".formatted(member, path, response.statusCode(), response.body()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("%s%s did not return JSON".formatted(member, path), e);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
