package io.orderly.stack.settings;

import io.orderly.contracts.Printable;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the settings of one service. All methods throw a {@link ProcessFailure} if the service does not respond, or refuses; its
 * message is for people.
 */
public final class SettingsClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Longer than the service waits for the coordinator. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int MAX_LINE_LENGTH = 500;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String service;
    private final URI url;

    /**
     * @param service its name
     * @param url its base URL
     */
    public SettingsClient(String service, URI url) {
        this.service = service;
        this.url = url;
    }

    public List<ServiceSetting> all() throws InterruptedException {
        return get("/actuator/settings")
                .path("settings")
                .valueStream()
                .map(SettingsClient::setting)
                .toList();
    }

    public Optional<ServiceSetting> named(String name) throws InterruptedException {
        return all().stream().filter(setting -> setting.name().equals(name)).findAny();
    }

    /** The last changes, the oldest first, one line each. */
    public List<String> history(String name) throws InterruptedException {
        return get(path(name))
                .path("history")
                .valueStream()
                .map(change -> "%s by %s: %s -> %s"
                        .formatted(
                                text(change, "at"),
                                text(change, "by"),
                                orConfigured(text(change, "from")),
                                orConfigured(text(change, "to"))))
                .toList();
    }

    /**
     * Stores a value.
     *
     * @param value null to delete the stored one, so that the configured one applies
     * @param by who changes it
     * @param revision of the stored value that is to be replaced, 0 for none; null for the one that is stored now
     * @return the revision of the change
     */
    public long change(String name, @Nullable String value, String by, @Nullable Long revision)
            throws InterruptedException {
        // the actuator takes texts only
        Map<String, String> body = new HashMap<>(Map.of("by", by));
        if (value != null) {
            body.put("value", value);
        }
        if (revision != null) {
            body.put("revision", revision.toString());
        }
        return send(HttpRequest.newBuilder(url.resolve(path(name)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))))
                .path("revision")
                .asLong(0);
    }

    private JsonNode get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path)));
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(
                    request.header("Accept", "application/json")
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ProcessFailure("the %s at %s does not respond: %s".formatted(service, url, e), e);
        }
        JsonNode body = body(response);
        if (response.statusCode() != OK) {
            String reason = text(body, body.has("refused") ? "refused" : "detail");
            throw new ProcessFailure("the %s refuses with %d: %s%s"
                    .formatted(service, response.statusCode(), reason, hint(response.statusCode())));
        }
        return body;
    }

    private JsonNode body(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new ProcessFailure(
                    "%s did not respond like the %s, but with %d".formatted(url, service, response.statusCode()), e);
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case NOT_FOUND -> "; ./run settings list shows its settings";
            case CONFLICT -> "; ./run settings get shows the present value and its revision";
            default -> "";
        };
    }

    private static ServiceSetting setting(JsonNode node) {
        return new ServiceSetting(
                text(node, "name"),
                text(node, "value"),
                node.path("revision").asLong(0),
                text(node, "configured"),
                text(node, "range"),
                text(node, "description"),
                text(node.path("invalid"), "reason"));
    }

    private static String text(JsonNode node, String field) {
        return Printable.of(node.path(field).asString(""), MAX_LINE_LENGTH);
    }

    private static String orConfigured(String value) {
        return value.isEmpty() ? "(configured)" : value;
    }

    private static String path(String name) {
        return "/actuator/settings/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
