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
 * Parameters as requests have to write them. Spring reads {@code 0x10} and {@code 1 0} as numbers and {@code 1-1-1-1-1} as a
 * UUID; a value has one spelling here, as it has in JSON. These are property editors, since Spring falls back to editors of its
 * own after a converter that refuses.
 */
@ControllerAdvice
final class StrictParameterBinding implements WebMvcConfigurer {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    @InitBinder
    void readStrictly(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new Reader(text -> Integer.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(Integer.class, new Reader(text -> Integer.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(long.class, new Reader(text -> Long.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(Long.class, new Reader(text -> Long.valueOf(wholeNumber(text))));
        binder.registerCustomEditor(UUID.class, new Reader(Require::uuid));
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

    private static final class Reader extends PropertyEditorSupport {

        private final Function<String, Object> read;

        Reader(Function<String, Object> read) {
            this.read = read;
        }

        @Override
        public void setAsText(String text) {
            setValue(read.apply(text));
        }
    }
}
