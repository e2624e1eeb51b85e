package io.orderly.kit.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What came of holding the answers of this JVM's services against their descriptions. */
public final class OpenApiConformanceResults {

    private static final Map<String, LongAdder> HELD = new ConcurrentHashMap<>();
    private static final ConcurrentLinkedQueue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

    private OpenApiConformanceResults() {}

    static void add(String service) {
        HELD.computeIfAbsent(service, _ -> new LongAdder()).increment();
    }

    static void addViolation(String violation) {
        VIOLATIONS.add(violation);
    }

    /** All since the last call. */
    public static List<String> takeViolations() {
        List<String> taken = new ArrayList<>();
        Stream.generate(VIOLATIONS::poll).takeWhile(each -> each != null).forEach(taken::add);
        return taken;
    }

    static List<String> summary() {
        return HELD.entrySet().stream()
                .map(held -> "%d answers held against the description of %s"
                        .formatted(held.getValue().sum(), held.getKey()))
                .sorted()
                .toList();
    }
}
