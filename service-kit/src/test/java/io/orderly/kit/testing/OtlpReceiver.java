package io.orderly.kit.testing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * A collector of traces for tests: receives the spans that services export by OTLP over HTTP. The classes of the protocol are on the class path of a
 * service at run time, where Micrometer's registry for OTLP brings them.
 */
public final class OtlpReceiver implements AutoCloseable {

    private static final String INDENT = "  ";

    private final HttpServer server;
    private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    /**
     * A span.
     *
     * @param parentId empty if the span begins its trace
     * @param linkedTraces the ids of the traces that it links to
     */
    public record ReceivedSpan(
            String traceId,
            String spanId,
            String parentId,
            String service,
            String name,
            boolean failed,
            List<String> linkedTraces) {

        private String line() {
            return service + ": " + name + (failed ? " (failed)" : "");
        }
    }

    /** Listens on a free port of the loopback interface. */
    public static OtlpReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var receiver = new OtlpReceiver(server);
            server.createContext("/v1/traces", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of {@code management.opentelemetry.tracing.export.otlp.endpoint}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The spans of a trace that were received so far. */
    public List<ReceivedSpan> spans(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /**
     * The spans of a trace as a tree: each on a line, indented below its parent, siblings by name. Spans whose parent was not received are below a
     * line {@code (unknown)}, so a trace is one tree if it has one line that is not indented.
     */
    public String tree(String traceId) {
        List<ReceivedSpan> trace = spans(traceId);
        Map<String, ReceivedSpan> byId =
                trace.stream().collect(Collectors.toMap(ReceivedSpan::spanId, span -> span, (first, _) -> first));
        Map<String, List<ReceivedSpan>> children = byId.values().stream()
                .sorted(Comparator.comparing(ReceivedSpan::line))
                .collect(Collectors.groupingBy(ReceivedSpan::parentId, TreeMap::new, Collectors.toList()));
        var tree = new StringBuilder();
        children.forEach((parent, below) -> {
            if (parent.isEmpty()) {
                below.forEach(root -> append(tree, root, "", children));
            } else if (!byId.containsKey(parent)) {
                tree.append("(unknown)\n");
                below.forEach(child -> append(tree, child, INDENT, children));
            }
        });
        return tree.toString();
    }

    private static void append(
            StringBuilder tree, ReceivedSpan span, String indent, Map<String, List<ReceivedSpan>> children) {
        tree.append(indent).append(span.line()).append('\n');
        children.getOrDefault(span.spanId(), List.of())
                .forEach(child -> append(tree, child, indent + INDENT, children));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> received(service(resource), span)))
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String service(ResourceSpans resource) {
        return resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("?");
    }

    private static ReceivedSpan received(String service, Span span) {
        return new ReceivedSpan(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                service,
                span.getName(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                span.getLinksList().stream().map(link -> hex(link.getTraceId())).toList());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
