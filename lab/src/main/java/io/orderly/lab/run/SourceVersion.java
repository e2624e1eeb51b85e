package io.orderly.lab.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The version of the code that is measured. */
public final class SourceVersion {

    private static final String UNKNOWN = "unknown";

    private SourceVersion() {}

    /**
     * The commit, such as {@code 94fe776d}, with {@code -dirty} if files of it were changed; {@code unknown} without git or a repository.
     *
     * @param home the root of the repository
     */
    public static String of(Path home) {
        try {
            Process git = new ProcessBuilder(
                            "git", "-C", home.toString(), "describe", "--always", "--dirty", "--exclude=*")
                    .redirectError(Redirect.DISCARD)
                    .start();
            String version = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? version : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
