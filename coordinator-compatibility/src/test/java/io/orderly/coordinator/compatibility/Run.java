package io.orderly.coordinator.compatibility;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One scenario on one server: the connection for its steps, and what they observed. */
final class Run implements AutoCloseable {

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private final String scenario;
    private final int port;
    private final Cluster cluster;
    private final Path folder;
    private final Wire wire;
    private final Placeholders placeholders;
    private final Map<String, String> observations = new LinkedHashMap<>();

    /**
     * @param port of the member that the scenario talks to
     * @param folder for files that clients need
     */
    Run(String scenario, Cluster cluster, int port, Path folder) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.port = port;
        this.folder = folder;
        this.wire = new Wire(port);
        this.placeholders = new Placeholders(cluster.identity(), wire.revision());
    }

    /** The observations by the names of their steps, in order. */
    Map<String, String> observations() {
        return observations;
    }

    Wire wire() {
        return wire;
    }

    Cluster cluster() {
        return cluster;
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    /** A key that no other scenario uses. */
    String name(String suffix) {
        return scenario + '/' + suffix;
    }

    ByteString key(String suffix) {
        return ByteString.copyFromUtf8(name(suffix));
    }

    /** The first key after all that {@link #key} returns. */
    ByteString end() {
        return ByteString.copyFromUtf8(scenario + '0');
    }

    /** Records a text as it is. */
    void note(String step, String observation) {
        String earlier = observations.put(step, placeholders.text(observation));
        if (earlier != null) {
            throw new IllegalArgumentException("two steps are named " + step);
        }
    }

    /** Records an answer in JSON. */
    void json(String step, String answer) {
        note(step, placeholders.json(answer));
    }

    /** Records a message. */
    void message(String step, MessageOrBuilder message) {
        try {
            json(step, PRINTER.print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Makes a call, and records its answer or its error.
     *
     * @return null if it failed
     */
    <M extends MessageOrBuilder> @Nullable M call(String step, Callable<M> call) throws Exception {
        try {
            M answer = call.call();
            message(step, answer);
            return answer;
        } catch (StatusRuntimeException e) {
            error(step, e);
            return null;
        }
    }

    /** Waits for an answer, and records it or its error. */
    <M extends MessageOrBuilder> @Nullable M await(String step, Future<M> answer) throws Exception {
        return call(step, () -> {
            try {
                return answer.get(MessageStream.WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw Status.fromThrowable(e).asRuntimeException();
            } catch (TimeoutException e) {
                throw Status.DEADLINE_EXCEEDED.withDescription("no answer").asRuntimeException();
            }
        });
    }

    /** Records a gRPC status. */
    void error(String step, StatusRuntimeException error) {
        Status status = error.getStatus();
        // the text of a missed deadline contains the duration
        String description = status.getCode() == Status.Code.DEADLINE_EXCEEDED ? "" : ": " + status.getDescription();
        note(step, status.getCode() + description);
    }

    @Override
    public void close() {
        wire.close();
    }
}
