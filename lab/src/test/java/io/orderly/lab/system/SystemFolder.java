package io.orderly.lab.system;

import java.nio.file.Path;

/** The data folder of the tests that start a system. It has the unpacked programs. */
public final class SystemFolder {

    /** The name of a {@link org.junit.jupiter.api.parallel.ResourceLock}, because one system at a time can use the folder. */
    public static final String LOCK = "system folder";

    public static final Path PATH = Path.of("target", "system").toAbsolutePath();

    private SystemFolder() {}
}
