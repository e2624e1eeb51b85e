package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Scenario.brief;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** The JSON gateway, which shares the port with gRPC. */
final class GatewayScenarios {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");
    private static final Pattern LEASE = Pattern.compile("\"ID\":\"(-?\\d+)\"");

    private GatewayScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("gateway/pages", GatewayScenarios::pages),
                brief("gateway/kv", GatewayScenarios::kv),
                brief("gateway/txn", GatewayScenarios::transactions),
                brief("gateway/lease", GatewayScenarios::leases),
                brief("gateway/watch", GatewayScenarios::watches),
                brief("gateway/services", GatewayScenarios::services),
                brief("gateway/refused", GatewayScenarios::refused),
                brief("gateway/auth", GatewayScenarios::auth));
    }

    private static void pages(Run run) throws Exception {
        record(run, "version", send(run, get("/version")));
        record(run, "health", send(run, get("/health")));
        HttpResponse<String> metrics = send(run, get("/metrics"));
        run.note("metrics", metrics.statusCode() + " " + contentType(metrics).replaceFirst(";.*", ""));
        record(run, "no such page", send(run, get("/nothing")));
        record(run, "posted to a page", send(run, post("/version", "{}")));
    }

    private static void kv(Run run) throws Exception {
        post(run, "put", "/v3/kv/put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(key(run, "a"), base64("1")));
        post(
                run,
                "put with previous",
                "/v3/kv/put",
                "{\"key\":\"%s\",\"value\":\"%s\",\"prev_kv\":true}".formatted(key(run, "a"), base64("2")));
        post(run, "range", "/v3/kv/range", "{\"key\":\"%s\"}".formatted(key(run, "a")));
        post(run, "earlier prefix of paths", "/v3beta/kv/range", "{\"key\":\"%s\"}".formatted(key(run, "a")));
        post(run, "no such key", "/v3/kv/range", "{\"key\":\"%s\"}".formatted(key(run, "x")));
        post(run, "all, sorted", "/v3/kv/range", """
                {"key":"%s","range_end":"%s","sort_order":"DESCEND","sort_target":"VALUE","limit":"1"}""".formatted(
                        key(run, ""), base64(run.end().toStringUtf8())));
        post(run, "numbers for numbers", "/v3/kv/range", """
                {"key":"%s","range_end":"%s","sort_order":2,"limit":1}""".formatted(
                        key(run, ""), base64(run.end().toStringUtf8())));
        post(run, "names in camel case", "/v3/kv/range", """
                {"key":"%s","rangeEnd":"%s","countOnly":true}""".formatted(
                        key(run, ""), base64(run.end().toStringUtf8())));
        post(
                run,
                "future revision",
                "/v3/kv/range",
                "{\"key\":\"%s\",\"revision\":\"1000000\"}".formatted(key(run, "a")));
        post(run, "deleted", "/v3/kv/deleterange", "{\"key\":\"%s\",\"prev_kv\":true}".formatted(key(run, "a")));
        post(run, "deleted again", "/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(key(run, "a")));
        post(run, "compaction of the future", "/v3/kv/compaction", "{\"revision\":\"1000000\"}");
    }

    private static void transactions(Run run) throws Exception {
        String create = """
                {"compare":[{"key":"%1$s","target":"CREATE","result":"EQUAL","create_revision":"0"}],
                 "success":[{"request_put":{"key":"%1$s","value":"MQ=="}}],
                 "failure":[{"request_range":{"key":"%1$s"}}]}""".formatted(key(run, "a"));
        post(run, "first", "/v3/kv/txn", create);
        post(run, "second", "/v3/kv/txn", create);
        post(run, "camel case", "/v3/kv/txn", """
                {"compare":[{"key":"%1$s","target":"MOD","result":"GREATER","modRevision":1}],
                 "success":[{"requestPut":{"key":"%1$s","value":"Mg=="}},{"requestRange":{"key":"%1$s"}}]}""".formatted(key(run, "a")));
        post(run, "duplicates", "/v3/kv/txn", """
                {"success":[{"request_put":{"key":"%1$s"}},{"request_put":{"key":"%1$s"}}]}""".formatted(key(run, "a")));
        post(run, "empty", "/v3/kv/txn", "{}");
    }

    private static void leases(Run run) throws Exception {
        long id = Requests.leaseId(run, 1);
        run.placeholders().nameLease(id, "lease");
        post(run, "granted", "/v3/lease/grant", "{\"TTL\":\"60\",\"ID\":\"%d\"}".formatted(id));
        post(run, "granted again", "/v3/lease/grant", "{\"TTL\":60,\"ID\":%d}".formatted(id));
        HttpResponse<String> chosen = send(run, post("/v3/lease/grant", "{\"TTL\":\"60\"}"));
        Matcher other = LEASE.matcher(chosen.body());
        run.note("id of the server", chosen.statusCode() + " " + other.find());
        run.placeholders().nameLease(Long.parseLong(other.group(1)), "other");
        post(run, "put", "/v3/kv/put", "{\"key\":\"%s\",\"lease\":\"%d\"}".formatted(key(run, "a"), id));
        post(run, "kept alive", "/v3/lease/keepalive", "{\"ID\":\"%d\"}".formatted(id));
        post(run, "unknown lease kept alive", "/v3/lease/keepalive", "{\"ID\":\"4711\"}");
        post(run, "time to live", "/v3/lease/timetolive", "{\"ID\":\"%d\",\"keys\":true}".formatted(id));
        post(run, "earlier path of time to live", "/v3/kv/lease/timetolive", "{\"ID\":\"%d\"}".formatted(id));
        post(run, "revoked", "/v3/lease/revoke", "{\"ID\":\"%d\"}".formatted(id));
        post(run, "revoked again, earlier path", "/v3/kv/lease/revoke", "{\"ID\":\"%d\"}".formatted(id));
        post(run, "other revoked", "/v3/lease/revoke", "{\"ID\":\"%s\"}".formatted(other.group(1)));
        run.note(
                "list",
                Integer.toString(send(run, post("/v3/lease/leases", "{}")).statusCode()));
    }

    private static void watches(Run run) throws Exception {
        post(run, "past", "/v3/kv/put", "{\"key\":\"%s\",\"value\":\"MQ==\"}".formatted(key(run, "a")));
        HttpRequest request = HttpRequest.newBuilder(uri(run, "/v3/watch"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        """
                        {"create_request":{"key":"%s","start_revision":"%d","prev_kv":true}}""".formatted(key(run, "a"), run.wire().revision())))
                .build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        run.note("answer", response.statusCode() + " " + contentType(response));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            run.json("created", line(lines));
            run.json("past event", line(lines));
            post(run, "put", "/v3/kv/put", "{\"key\":\"%s\",\"value\":\"Mg==\"}".formatted(key(run, "a")));
            run.json("event", line(lines));
            post(run, "deleted", "/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(key(run, "a")));
            run.json("deletion", line(lines));
        }
    }

    private static String line(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        return line == null ? "\"end of the stream\"" : line.isEmpty() ? line(lines) : line;
    }

    private static void services(Run run) throws Exception {
        post(run, "members", "/v3/cluster/member/list", "{}");
        HttpResponse<String> status = send(run, post("/v3/maintenance/status", "{}"));
        record(
                run,
                "status",
                status.statusCode(),
                contentType(status),
                status.body().replaceFirst("\"leader\":\"\\d+\",", ""));
        post(run, "alarms", "/v3/maintenance/alarm", "{}");
        post(run, "users", "/v3/auth/user/list", "{}");
        post(run, "authenticated", "/v3/auth/authenticate", "{\"name\":\"root\",\"password\":\"root\"}");
        long id = Requests.leaseId(run, 1);
        Requests.grant(run, id, "lease", 6_000);
        HttpResponse<String> lock =
                send(run, post("/v3/lock/lock", "{\"name\":\"%s\",\"lease\":\"%d\"}".formatted(key(run, "lock"), id)));
        record(run, "lock", lock);
        Matcher held = KEY.matcher(lock.body());
        run.note("has a key", Boolean.toString(held.find()));
        post(run, "unlock", "/v3/lock/unlock", "{\"key\":\"%s\"}".formatted(held.group(1)));
        post(
                run,
                "campaign",
                "/v3/election/campaign",
                "{\"name\":\"%s\",\"lease\":\"%d\",\"value\":\"MQ==\"}".formatted(key(run, "election"), id));
        post(run, "leader", "/v3/election/leader", "{\"name\":\"%s\"}".formatted(key(run, "election")));
        run.wire().lease().leaseRevoke(Requests.revoke(id));
        post(run, "no leader", "/v3/election/leader", "{\"name\":\"%s\"}".formatted(key(run, "election")));
    }

    private static void refused(Run run) throws Exception {
        post(run, "empty key", "/v3/kv/put", "{}");
        post(run, "empty body", "/v3/kv/range", "");
        post(run, "unknown lease", "/v3/kv/put", "{\"key\":\"%s\",\"lease\":\"4711\"}".formatted(key(run, "a")));
        post(run, "unknown field", "/v3/kv/range", "{\"key\":\"%s\",\"nothing\":1}".formatted(key(run, "a")));
        status(run, "no JSON", "{");
        status(run, "no base64", "{\"key\":\"!!\"}");
        status(run, "number for bytes", "{\"key\":1}");
        status(run, "an array", "[]");
        status(run, "unknown name of a number", "{\"key\":\"YQ==\",\"sort_order\":\"UPWARDS\"}");
        record(run, "no such path", send(run, post("/v3/kv/nothing", "{}")));
        record(run, "got", send(run, get("/v3/kv/range")));
        record(
                run,
                "put by method",
                send(
                        run,
                        request ->
                                request.uri(uri(run, "/v3/kv/range")).PUT(HttpRequest.BodyPublishers.ofString("{}"))));
        HttpResponse<String> large = send(
                run,
                post(
                        "/v3/kv/put",
                        "{\"key\":\"%s\",\"value\":\"%s\"}"
                                .formatted(key(run, "a"), Base64.getEncoder().encodeToString(new byte[1_700_000]))));
        record(run, "too large", large);
    }

    private static void auth(Run run) throws Exception {
        String put = "{\"key\":\"%s\",\"value\":\"MQ==\"}".formatted(key(run, "rw/a"));
        try (Users users = new Users(run)) {
            users.enable();
            post(run, "wrong password", "/v3/auth/authenticate", "{\"name\":\"ada\",\"password\":\"x\"}");
            Matcher token =
                    TOKEN.matcher(send(run, post("/v3/auth/authenticate", "{\"name\":\"ada\",\"password\":\"ada\"}"))
                            .body());
            run.note("has a token", Boolean.toString(token.find()));
            post(run, "no user", "/v3/kv/put", put);
            record(run, "garbage for a token", send(run, authorized("garbage", post("/v3/kv/put", put))));
            record(run, "put", send(run, authorized(token.group(1), post("/v3/kv/put", put))));
            String elsewhere = "{\"key\":\"%s\"}".formatted(key(run, "x"));
            record(run, "read elsewhere", send(run, authorized(token.group(1), post("/v3/kv/range", elsewhere))));
            record(run, "health", send(run, get("/health")));
        }
    }

    private static Change authorized(String token, Change change) {
        return request -> change.of(request).header("Authorization", token);
    }

    /** The error texts of the parsers always differ, so only the status is compared. */
    private static void status(Run run, String step, String body) throws Exception {
        HttpResponse<String> answer = send(run, post("/v3/kv/range", body));
        run.note(step, answer.statusCode() + (answer.body().contains("\"code\":3") ? " with code 3" : ""));
    }

    private static void post(Run run, String step, String path, String body) throws Exception {
        record(run, step, send(run, post(path, body)));
    }

    private static void record(Run run, String step, HttpResponse<String> answer) {
        record(run, step, answer.statusCode(), contentType(answer), answer.body());
    }

    private static void record(Run run, String step, int status, String contentType, String body) {
        String text;
        try {
            text = run.placeholders().json(body);
        } catch (JacksonException e) {
            text = body.strip();
        }
        run.note(step, status + " " + contentType + " " + text);
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("no content type");
    }

    private interface Change {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    private static HttpResponse<String> send(Run run, Change change) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(run, "/")).timeout(DEADLINE);
        return HTTP.send(change.of(request).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(Run run, String path) {
        return URI.create("http://127.0.0.1:" + run.port() + path);
    }

    private static Change get(String path) {
        return request -> request.uri(request.build().uri().resolve(path)).GET();
    }

    private static Change post(String path, String body) {
        return request -> request.uri(request.build().uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String key(Run run, String suffix) {
        return base64(run.name(suffix));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
