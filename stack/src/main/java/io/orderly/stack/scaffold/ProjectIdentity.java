package io.orderly.stack.scaffold;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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

    /** The package of this repository as a package, a path or a regular expression, or the name of this repository. */
    private static final Pattern OWN = Pattern.compile("io(\\.|/|\\\\\\.)orderly|ORDERLY|Orderly|orderly");

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

    /** Replaces the name and the package of this repository in a text or a path. */
    String rename(String text) {
        return OWN.matcher(text).replaceAll(own -> Matcher.quoteReplacement(replacementOf(own)));
    }

    private String replacementOf(MatchResult own) {
        String separator = own.group(1);
        if (separator != null) {
            return packageName.replace(".", separator);
        }
        return own.group().equals("ORDERLY") ? environmentPrefix() : name;
    }

    /** The name as Spring expects it in the name of an environment variable. */
    private String environmentPrefix() {
        return name.replace("-", "").toUpperCase(Locale.ROOT);
    }
}
