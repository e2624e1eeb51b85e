package io.orderly.stack.scaffold;

import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * What a new project is called.
 *
 * @param name of its build, of its processes and of its configuration keys, such as {@code my-shop}
 * @param packageName of its classes, and the group id of its modules, such as {@code com.example.shop}
 */
public record ProjectIdentity(String name, String packageName) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final int MAX_LENGTH = 60;

    /** The name of this repository, and what its package begins with. */
    private static final String OWN_NAME = "orderly";

    private static final String OWN_PACKAGE = "io.orderly";

    /** @throws IllegalArgumentException saying what is wrong with the name or the package */
    public ProjectIdentity {
        if (!NAME.matcher(name).matches() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the name '%s' is not lower-case letters, digits and single hyphens, such as my-shop"
                            .formatted(name));
        }
        if (!PACKAGE.matcher(packageName).matches()
                || packageName.length() > MAX_LENGTH
                || !SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException(
                    "'%s' is not a lower-case Java package, such as com.example.shop".formatted(packageName));
        }
        if (packageName.matches("javax?(\\..*)?")) {
            throw new IllegalArgumentException("the package '%s' belongs to the JDK".formatted(packageName));
        }
    }

    /** A text or a path of this repository, under the new name and package. */
    String rename(String text) {
        return text.replace(OWN_PACKAGE, packageName)
                .replace(OWN_PACKAGE.replace(".", "\\."), packageName.replace(".", "\\."))
                .replace(OWN_PACKAGE.replace('.', '/'), packageName.replace('.', '/'))
                .replace(OWN_NAME.toUpperCase(Locale.ROOT), environmentPrefix())
                .replace("Orderly", name)
                .replace(OWN_NAME, name);
    }

    /** As Spring writes a configuration key in the name of an environment variable. */
    private String environmentPrefix() {
        return name.replace("-", "").toUpperCase(Locale.ROOT);
    }
}
