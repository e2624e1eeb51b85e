package io.orderly.stack.members;

import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the members of the system from the first service that responds. */
public final class MembersClient {

    private static final String PATH = "/actuator/members";
    private static final int OK = 200;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_PAUSE = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<URI> services;

    /** @param services their base URLs, in the order in which they are asked */
    public MembersClient(List<URI> services) {
        this.services = List.copyOf(services);
    }

    /** @throws ProcessFailure if no service responds, or the first that responds has no members */
    public MembersTable members() throws InterruptedException {
        IOException failure = null;
        for (URI service : services) {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(service.resolve(PATH))
                                .timeout(CALL_TIMEOUT)
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() != OK) {
                    throw new ProcessFailure("%s%s returned %d".formatted(service, PATH, answer.statusCode()));
                }
                return MembersTable.parse(service, answer.body());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new ProcessFailure(
                "no service responds at " + services.stream().map(URI::toString).collect(Collectors.joining(", ")),
                failure);
    }

    /**
     * Waits until a service sees members alive.
     *
     * @param ids of the members
     * @throws ProcessFailure if it does not in time; the message contains what it sees
     */
    public MembersTable awaitAlive(List<String> ids, Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            MembersTable members = members();
            if (members.hasAlive(ids)) {
                return members;
            }
            if (System.nanoTime() - giveUpNanos > 0) {
                throw new ProcessFailure("after %d s, not all of %s are alive:%n%n%s"
                        .formatted(timeout.toSeconds(), String.join(", ", ids), members));
            }
            Thread.sleep(POLL_PAUSE);
        }
    }
}
