package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.StoreCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@Timeout(60)
class ConfigEventsTest extends RestServer {

    @Autowired
    private EventStreams streams;

    private final List<Stream> open = new ArrayList<>();

    /** The stream as a client reads it, line by line and event by event. */
    private static final class Stream implements AutoCloseable {

        private final InputStream body;
        private final BufferedReader lines;

        Stream(HttpResponse<InputStream> response) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            body = response.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** The next event with data; comments before it are skipped, their ids too. */
        String next() throws IOException {
            for (String event = block(); ; event = block()) {
                if (event.contains("data:")) {
                    return event;
                }
            }
        }

        /** The lines up to the next empty one. */
        String block() throws IOException {
            StringBuilder block = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return block.toString();
                }
                block.append(line).append('\n');
            }
            throw new IOException("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private Stream open(String path, String... headers) throws Exception {
        Stream stream = new Stream(HTTP.send(events(path, headers).build(), BodyHandlers.ofInputStream()));
        open.add(stream);
        return stream;
    }

    private HttpRequest.Builder events(String path, String... headers) {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        return headers.length == 0 ? request : request.headers(headers);
    }

    private long change(String key, String value) throws Exception {
        return json(put("/v1/config/" + key, "{\"value\":\"" + value + "\"}"))
                .get("modRevision")
                .asLong();
    }

    @AfterEach
    void closeStreams() throws Exception {
        for (Stream stream : open) {
            stream.close();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> streams.size() == 0);
    }

    @Test
    void changesOfAKeyAreDeliveredWithTheirRevisions() throws Exception {
        Stream stream = open("/v1/config/watched/events");
        assertThat(stream.block()).contains("id:").contains(":up to date");

        long created = change("watched", "1");
        change("watched-not", "1");
        delete("/v1/config/watched");

        assertThat(stream.next()).contains("event:put", "id:" + created, "\"key\":\"watched\"", "\"value\":\"1\"");
        assertThat(stream.next()).contains("event:deleted", "\"key\":\"watched\"");
    }

    @Test
    void theMemberSaysHowManyWatchesItServes() throws Exception {
        await().atMost(Duration.ofSeconds(10)).until(() -> watches() == 0);
        open("/v1/config/watched/events").block();
        open("/v1/config/other/events").block();
        assertThat(watches()).isEqualTo(2);
    }

    private int watches() throws Exception {
        return json(get("/v1/cluster")).get("watches").asInt();
    }

    @Test
    void aStreamContinuesAfterTheLastEventOfTheClient() throws Exception {
        long first = change("resumed", "1");
        long second = change("resumed", "2");

        assertThat(open("/v1/config/resumed/events", "Last-Event-ID", Long.toString(first))
                        .next())
                .contains("id:" + second);
        assertThat(open("/v1/config/resumed/events?from=" + first).next()).contains("id:" + first);
    }

    @Test
    void keysWithAPrefixAreWatchedTogether() throws Exception {
        Stream stream = open("/v1/config/p%2F/events?prefix=true");
        stream.block();
        change("p%2Fa", "1");
        change("p%2Fb", "2");

        assertThat(stream.next()).contains("\"key\":\"p/a\"");
        assertThat(stream.next()).contains("\"key\":\"p/b\"");
    }

    @Test
    void onlyTheLastEventOfARevisionHasItsId() throws Exception {
        change("t%2Fa", "1");
        change("t%2Fb", "1");
        String lease =
                json(post("/v1/leases", "{\"ttlSeconds\":60}")).get("lease").stringValue();
        put("/v1/config/t%2Fa", "{\"value\":\"2\",\"lease\":\"" + lease + "\"}");
        put("/v1/config/t%2Fb", "{\"value\":\"2\",\"lease\":\"" + lease + "\"}");
        Stream stream = open("/v1/config/t%2F/events?prefix=true");
        stream.block();
        delete("/v1/leases/" + lease);

        assertThat(stream.next()).contains("event:deleted").doesNotContain("id:");
        assertThat(stream.next()).contains("event:deleted").contains("id:");
    }

    @Test
    void aCompactedPositionNamesTheFirstLegalRevision() throws Exception {
        long first = change("compacted", "1");
        long newest = change("compacted", "2");
        member.execute(new StoreCommand.Compact(newest)).get(10, TimeUnit.SECONDS);

        Stream stream = open("/v1/config/compacted/events", "Last-Event-ID", Long.toString(first - 1));
        assertThat(stream.next())
                .contains("event:compacted", "{\"firstRevision\":" + newest + "}", "id:" + (newest - 1));
        assertThat(open("/v1/config/compacted/events", "Last-Event-ID", Long.toString(newest - 1))
                        .next())
                .contains("id:" + newest);
    }

    @Test
    void aQuietStreamSendsComments() throws Exception {
        Stream stream = open("/v1/config/quiet/events");
        stream.block();

        assertThat(stream.block()).contains(":heartbeat");
        assertThat(stream.block()).contains(":up to date");
    }

    @Test
    void tooManyStreamsAreRefused() throws Exception {
        for (int i = 0; i < 3; i++) {
            open("/v1/config/many/events");
        }
        HttpResponse<String> refused = send(events("/v1/config/many/events"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).get("type").stringValue()).isEqualTo("/problems/not-applied");
    }

    @Test
    void malformedPositionsAreRefused() throws Exception {
        assertThat(send(events("/v1/config/a/events", "Last-Event-ID", "x")).statusCode())
                .isEqualTo(400);
        assertThat(send(events("/v1/config/a/events?from=0")).statusCode()).isEqualTo(400);
    }
}
