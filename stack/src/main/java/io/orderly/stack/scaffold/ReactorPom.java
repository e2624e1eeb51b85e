package io.orderly.stack.scaffold;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The root {@code pom.xml}, reduced to the modules of a new project. */
final class ReactorPom {

    private static final Pattern MODULE = Pattern.compile("\n *<module>(.*?)</module>");
    private static final Pattern MANAGED = Pattern.compile(
            "\n *<dependency>\\s*<groupId>io\\.orderly</groupId>\\s*<artifactId>(.*?)</artifactId>(?s:.*?)</dependency>");
    private static final Pattern DESCRIPTION = Pattern.compile("<description>.*?</description>");

    private ReactorPom() {}

    /**
     * @param pom of this repository
     * @param modules of the new project, each after those that it depends on
     */
    static String reducedTo(List<String> modules, String pom) {
        String list = String.join(
                "", modules.stream().map("\n    <module>%s</module>"::formatted).toList());
        String withoutModules = MODULE.matcher(pom).replaceAll("");
        String withModules = withoutModules.replace("<modules>", "<modules>" + list);
        String withDependencies = MANAGED.matcher(withModules)
                .replaceAll(dependency ->
                        modules.contains(dependency.group(1)) ? Matcher.quoteReplacement(dependency.group()) : "");
        return DESCRIPTION
                .matcher(withDependencies)
                .replaceFirst("<description>Two services that take orders together</description>")
                .replace("; see docs/containers.md", "");
    }
}
