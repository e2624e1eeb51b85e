package io.orderly.console.lesson;

import io.orderly.console.lesson.LessonRun.Result;
import io.orderly.console.lesson.Step.Act;
import io.orderly.console.lesson.Step.Change;
import io.orderly.console.lesson.Step.End;
import io.orderly.console.lesson.Step.Inject;
import io.orderly.console.lesson.Step.Place;
import io.orderly.console.lesson.Step.Request;
import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Executes the steps of one run of a lesson, by requests to the services and the launcher, and remembers what has to be put back. */
final class StepExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(StepExecutor.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final byte[] NOTHING = {};

    /** A kill ends when the process is ready again. */
    private static final Duration UNTIL_READY = Duration.ofMinutes(3);

    /** Until a service applies a setting that was stored. */
    private static final Duration UNTIL_APPLIED = Duration.ofSeconds(10);

    private static final long LOOK_MILLIS = 100;
    private static final int MAX_TEXT = 200;

    private final Upstreams upstreams;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> openFaults = new LinkedHashMap<>();
    private final Deque<Changed> changed = new ArrayDeque<>();

    StepExecutor(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** @param before the stored value; null if the configured one applied */
    private record Changed(
            String service, String setting, @Nullable String before) {}

    /**
     * Does it.
     *
     * @param seen has the ids of the orders
     * @param by who does it, for the services
     * @throws ErrorResponseException if there is no answer
     */
    Result act(Act act, Seen seen, String by) throws InterruptedException {
        return switch (act) {
            case Inject inject -> inject(inject, by);
            case End end -> end(end);
            case Change change -> change(change, by);
            case Place place -> place(place);
            case Request request -> request(request, seen.id(request.order()).orElseThrow(), by);
        };
    }

    /** The name is chosen here, so that the fault can be ended also if the answer is lost. */
    private Result inject(Inject inject, String by) throws InterruptedException {
        String id = "%s-%s-%s"
                .formatted(
                        by.replace(' ', '-'),
                        inject.as(),
                        UUID.randomUUID().toString().substring(0, 8));
        openFaults.put(inject.as(), id);
        ResponseEntity<byte[]> answer = control()
                .send(
                        "PUT",
                        "/faults/%s?seconds=%d".formatted(id, inject.seconds()),
                        Map.of(),
                        json(inject.fault()),
                        UNTIL_READY);
        return result(answer, answer.getStatusCode().is2xxSuccessful() ? id : null);
    }

    private Result end(End end) throws InterruptedException {
        String id = openFaults.get(end.fault());
        ResponseEntity<byte[]> answer = control().send("DELETE", "/faults/" + id, Map.of(), NOTHING, UNTIL_READY);
        openFaults.remove(end.fault());
        // its seconds may have passed
        return answer.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)
                ? new Result(HttpStatus.NO_CONTENT.value(), id, "")
                : result(answer, id);
    }

    private Result change(Change change, String by) throws InterruptedException {
        Upstream service = upstreams.service(change.service());
        JsonNode now = setting(service, change.setting());
        String before = now.path("source").asString("").equals("STORED")
                ? now.path("value").asString("")
                : null;
        ResponseEntity<byte[]> answer = store(service, change.setting(), change.to(), by);
        if (answer.getStatusCode().is2xxSuccessful()) {
            changed.push(new Changed(change.service(), change.setting(), before));
            awaitApplied(service, change.setting(), text(answer, "revision"));
        }
        return result(answer, null);
    }

    private Result place(Place place) throws InterruptedException {
        String key = place.keyOf() == null ? UUID.randomUUID().toString() : keys.get(place.keyOf());
        keys.put(place.as(), key);
        Map<String, Object> order = Map.of(
                "customer",
                place.customer(),
                "lines",
                List.of(Map.of("sku", "PENCIL-HB", "quantity", 1)),
                "address",
                Map.of(
                        "name", "Ada",
                        "street", "Lindenstr. 5",
                        "city", "Berlin",
                        "postalCode", "10969",
                        "country", "DE"));
        ResponseEntity<byte[]> answer = upstreams
                .orderService()
                .send("POST", "/orders", Map.of(IDEMPOTENCY_KEY, key), json(order), Upstream.SHORT);
        return result(answer, answer.getStatusCode().is2xxSuccessful() ? text(answer, "id") : null);
    }

    private Result request(Request request, String order, String by) throws InterruptedException {
        boolean ofCustomer = request.action().equals("cancel");
        ResponseEntity<byte[]> answer = upstreams
                .orderService()
                .send(
                        "POST",
                        ofCustomer ? "/orders/" + order + "/cancellation" : "/sagas/" + order + "/" + request.action(),
                        Map.of(IDEMPOTENCY_KEY, UUID.randomUUID().toString()),
                        ofCustomer ? NOTHING : json(Map.of("by", by, "reason", "It is a step of a lesson.")),
                        Upstream.SHORT);
        return result(answer, null);
    }

    /** Ends the faults that are still on, and puts settings back, the last change first. What fails is logged. */
    void putBack(String by) {
        Thread.interrupted(); // a run that was stopped puts back all the same
        openFaults
                .values()
                .forEach(id -> attempt(
                        "end fault " + id,
                        () -> control().send("DELETE", "/faults/" + id, Map.of(), NOTHING, UNTIL_READY)));
        changed.forEach(change -> attempt(
                "put %s of the %s back".formatted(change.setting(), change.service()),
                () -> store(upstreams.service(change.service()), change.setting(), change.before(), by)));
    }

    private interface Attempt {

        ResponseEntity<byte[]> run() throws InterruptedException;
    }

    private static void attempt(String what, Attempt attempt) {
        try {
            ResponseEntity<byte[]> answer = attempt.run();
            if (answer.getStatusCode().isError() && !answer.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
                LOG.warn("A lesson could not {}: {}", what, answer.getStatusCode());
            }
        } catch (ErrorResponseException e) {
            LOG.warn("A lesson could not {}: {}", what, e.getBody().getDetail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ResponseEntity<byte[]> store(Upstream service, String setting, @Nullable String value, String by)
            throws InterruptedException {
        Map<String, String> body = value == null ? Map.of("by", by) : Map.of("by", by, "value", value);
        return service.send("POST", "/actuator/settings/" + setting, Map.of(), json(body), Upstream.SHORT);
    }

    /** Waits until the service applies a change, which it learns of from the coordinator; the next step comes in any case. */
    private static void awaitApplied(Upstream service, String setting, @Nullable String revision)
            throws InterruptedException {
        long giveUpNanos = System.nanoTime() + UNTIL_APPLIED.toNanos();
        while (revision != null
                && !setting(service, setting).path("revision").asString("").equals(revision)
                && System.nanoTime() - giveUpNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** A setting as the service shows it; a missing node if it does not. */
    private static JsonNode setting(Upstream service, String name) throws InterruptedException {
        try {
            return JSON.readTree(service.read("/actuator/settings", Upstream.SHORT)).path("settings").values().stream()
                    .filter(setting -> setting.path("name").asString("").equals(name))
                    .findFirst()
                    .orElseGet(JSON::createObjectNode);
        } catch (IOException | JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private Upstream control() {
        if (upstreams.faultControl() == null) {
            throw Upstream.problem(
                    HttpStatus.CONFLICT, "The system accepts no faults: it was started without --faults.");
        }
        return upstreams.faultControl();
    }

    private static Result result(ResponseEntity<byte[]> answer, @Nullable String id) {
        String detail = Optional.ofNullable(text(answer, "detail"))
                .or(() -> Optional.ofNullable(text(answer, "refused")))
                .orElse("");
        return new Result(answer.getStatusCode().value(), id, Printable.of(detail, MAX_TEXT));
    }

    /** A field of an answer; null if it has none. */
    private static @Nullable String text(ResponseEntity<byte[]> answer, String field) {
        try {
            byte[] body = answer.getBody();
            JsonNode value = JSON.readTree(body == null ? NOTHING : body).path(field);
            return value.isValueNode() && !value.isNull() ? value.asString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }
}
