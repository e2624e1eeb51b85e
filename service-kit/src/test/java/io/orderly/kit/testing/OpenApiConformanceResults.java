package io.orderly.kit.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The results of the conformance checks of all services in this JVM. */
public final class OpenApiConformanceResults {

    private static final Map<String, LongAdder> CHECKED = new ConcurrentHashMap<>();
    private static final ConcurrentLinkedQueue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

    private OpenApiConformanceResults() {}

    static void add(String service) {
        CHECKED.computeIfAbsent(service, _ -> new LongAdder()).increment();
    }

    static void addViolation(String violation) {
        VIOLATIONS.add(violation);
    }

    /** All violations since the last call. */
    public static List<String> takeViolations() {
        List<String> taken = new ArrayList<>();
        Stream.generate(VIOLATIONS::poll).takeWhile(each -> each != null).forEach(taken::add);
        return taken;
    }

    static List<String> summary() {
        return CHECKED.entrySet().stream()
                .map(entry -> "%d responses checked against the OpenAPI description of %s"
                        .formatted(entry.getValue().sum(), entry.getKey()))
                .sorted()
                .toList();
    }
}
