package io.orderly.stack.scaffold;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code pom.xml} of a copied module, without dependencies on modules that the new project does not have. Only dependencies at run
 * time can be left out: the code of the module does not know them.
 */
final class ModulePom {

    private static final Pattern OWN = Pattern.compile(
            "(\n *<!--[^\n]*-->)?\n *<dependency>\\s*<groupId>io\\.orderly</groupId>\\s*<artifactId>(.*?)</artifactId>(?s:(.*?))"
                    + "</dependency>");

    private ModulePom() {}

    /**
     * @param modules of the new project
     * @throws IllegalStateException if another dependency is on a module that the new project does not have
     */
    static String reducedTo(List<String> modules, String pom) {
        return OWN.matcher(pom)
                .replaceAll(dependency -> modules.contains(dependency.group(2))
                        ? Matcher.quoteReplacement(dependency.group())
                        : leftOut(dependency));
    }

    private static String leftOut(MatchResult dependency) {
        if (!dependency.group(3).contains("<scope>runtime</scope>")) {
            throw new IllegalStateException(
                    "a copied module needs %s, which is not copied".formatted(dependency.group(2)));
        }
        return "";
    }
}
