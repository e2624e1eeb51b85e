package io.orderly.stack.scaffold;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The script {@code run}, for a project whose commands are all in its module {@code stack}. */
final class RunScript {

    private static final Pattern MAIN_CLASS = Pattern.compile("io\\.orderly\\.lab\\.\\w+");
    private static final Pattern LAB = Pattern.compile("(\"\\$home\"?)/lab/target/(lab)?");
    private static final Pattern OTHER_SOURCES = Pattern.compile(" \"\\$home\"/(coordinator/src/test|lab/src/build)");
    private static final Pattern LAB_ALONE =
            Pattern.compile("modules=\n\n# [^\n]*\ncase (?s:.*?)esac\n|\n  # shellcheck[^\n]*| \\$modules");
    private static final Pattern JVM_BY_COMMAND =
            Pattern.compile("\n# [^\n]*\ncase \\$\\{1:-} in(?s:.*?)jvm=(\"-XX:TieredStopAtLevel[^\n]*\")(?s:.*?)esac");

    private RunScript() {}

    /** @throws IllegalStateException if the script of this repository is not as expected */
    static String ofStack(String script) {
        String text = replace(script, MAIN_CLASS, "io.orderly.stack.StackApplication");
        text = replace(text, OTHER_SOURCES, "");
        text = replace(text, LAB_ALONE, "");
        text = replace(text, JVM_BY_COMMAND, "\njvm=$1");
        return replace(text, LAB, "$1/stack/target/$2").replace("target/lab", "target/stack");
    }

    private static String replace(String text, Pattern pattern, String replacement) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("the script run has nothing like " + pattern);
        }
        return matcher.replaceAll(replacement);
    }
}
