package io.orderly.backends.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium that is installed on this machine; none is downloaded. */
public final class InstalledChromium {

    /** What to say if there is none. */
    public static final String MISSING = "No Chromium was found, so these tests are skipped. "
            + "On Debian and Ubuntu: apt-get install chromium; elsewhere set CHROMIUM to the program.";

    private InstalledChromium() {}

    /** The program that the environment variable {@code CHROMIUM} names, or one at a usual place. */
    public static Optional<Path> find() {
        return Stream.of(
                        System.getenv().getOrDefault("CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(program -> !program.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
