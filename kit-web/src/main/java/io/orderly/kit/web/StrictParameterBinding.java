package io.orderly.kit.web;

import io.orderly.contracts.Require;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Strict parsing of parameters. Spring accepts {@code 0x10} and {@code 1 0} as numbers and {@code 1-1-1-1-1} as a UUID; here
 * only the canonical form is accepted, as in JSON. These are property editors, because Spring falls back to its own editors
 * if a converter fails.
 */
@ControllerAdvice
final class StrictParameterBinding implements WebMvcConfigurer {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    @InitBinder
    void registerEditors(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new Editor(text -> Integer.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(Integer.class, new Editor(text -> Integer.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(long.class, new Editor(text -> Long.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(Long.class, new Editor(text -> Long.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(UUID.class, new Editor(Require::uuid));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new QueryParameterInterceptor());
    }

    private static String wholeNumber(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("not a whole number");
        }
        return text;
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, Object> parse;

        Editor(Function<String, Object> parse) {
            this.parse = parse;
        }

        @Override
        public void setAsText(String text) {
            setValue(parse.apply(text));
        }
    }
}
