package io.orderly.antipatterns;

import io.orderly.chaos.CrashPoint;
import io.orderly.chaos.CrashPoints;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Crash points at which a test decides what happens. A crash ends only the work that passes, as if its process had died. */
public final class TestCrashPoints implements CrashPoints {

    private final Map<String, Runnable> ordered = new ConcurrentHashMap<>();

    /** No handler of exceptions takes it for a failure that it could deal with. */
    static final class Crash extends Error {}

    @Override
    public CrashPoint named(String name) {
        return () -> {
            Runnable happening = ordered.remove(name);
            if (happening != null) {
                happening.run();
            }
        };
    }

    public void crashOnceAt(String name) {
        ordered.put(name, () -> {
            throw new Crash();
        });
    }

    public void doOnceAt(String name, Runnable happening) {
        ordered.put(name, happening);
    }
}
