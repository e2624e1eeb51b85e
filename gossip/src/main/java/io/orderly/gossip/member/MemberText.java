package io.orderly.gossip.member;

/** The texts that members exchange: short and of visible ASCII characters, so that one character is one byte. */
public final class MemberText {

    /** Maximum length of the id of a member, and of the name of a service or cluster. */
    public static final int NAME_LENGTH_MAX = 64;

    /** Maximum length of a URL. */
    public static final int URL_LENGTH_MAX = 200;

    private MemberText() {}

    /**
     * @param what the name stands for, for the error message
     * @throws IllegalArgumentException if it is not a letter or digit followed by up to 63 letters, digits and {@code . _ : -}
     */
    public static String requireName(String what, String name) {
        boolean valid = !name.isEmpty()
                && name.length() <= NAME_LENGTH_MAX
                && isLetterOrDigit(name.charAt(0))
                && name.chars().allMatch(character -> isLetterOrDigit(character) || "._:-".indexOf(character) >= 0);
        if (!valid) {
            throw new IllegalArgumentException("The %s is not a name of up to %d letters, digits and '._:-': %s"
                    .formatted(what, NAME_LENGTH_MAX, excerpt(name)));
        }
        return name;
    }

    static String requireUrl(String url) {
        boolean valid = url.length() <= URL_LENGTH_MAX
                && (url.startsWith("http://") || url.startsWith("https://"))
                && url.chars().allMatch(character -> character > ' ' && character <= '~');
        if (!valid) {
            throw new IllegalArgumentException(
                    "Not an HTTP URL of up to %d visible ASCII characters: %s".formatted(URL_LENGTH_MAX, excerpt(url)));
        }
        return url;
    }

    private static boolean isLetterOrDigit(int character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9';
    }

    private static String excerpt(String text) {
        String shown = text.length() <= NAME_LENGTH_MAX ? text : text.substring(0, NAME_LENGTH_MAX) + "…";
        return "'" + shown.replaceAll("[^!-~ …]", "?") + "'";
    }
}
