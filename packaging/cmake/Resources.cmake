# What the window carries inside it: icons as they are, fonts as the build makes them.

# outrider_embed_icons(TARGET FOLDER): FOLDER/*.svg as :/outrider/icons/*.svg
function(outrider_embed_icons target folder)
    file(GLOB icons CONFIGURE_DEPENDS "${folder}/*.svg")
    foreach(icon IN LISTS icons)
        cmake_path(GET icon FILENAME name)
        set_source_files_properties("${icon}" PROPERTIES QT_RESOURCE_ALIAS "icons/${name}")
    endforeach()
    qt_add_resources(${target} "${target}_icons" PREFIX "/outrider" FILES ${icons})
endfunction()

# outrider_embed_fonts(TARGET FOLDER): Inter with tabular digits, made here from the installed fonts
# (their licence allows it, under another name), and JetBrains Mono. What is not installed is left
# out: the program then takes the next family of its list.
function(outrider_embed_fonts target folder)
    set(script "${folder}/make_outrider_sans.py")
    set(fonts "")
    find_program(FONTTOOLS_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
    find_program(FONTTOOLS_PYTHON NAMES python3)
    set(usable FALSE)
    if(FONTTOOLS_PYTHON)
        execute_process(COMMAND "${FONTTOOLS_PYTHON}" -c "import fontTools" RESULT_VARIABLE missing ERROR_QUIET)
        if(missing EQUAL 0)
            set(usable TRUE)
        endif()
    endif()
    foreach(weight IN ITEMS Regular Medium SemiBold)
        find_file(INTER_${weight} "Inter-${weight}.otf" PATHS /usr/share/fonts/opentype/inter /usr/local/share/fonts
            NO_DEFAULT_PATH)
        if(usable AND INTER_${weight})
            set(made "${CMAKE_CURRENT_BINARY_DIR}/fonts/OutriderSans-${weight}.otf")
            add_custom_command(OUTPUT "${made}"
                COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_CURRENT_BINARY_DIR}/fonts"
                COMMAND "${FONTTOOLS_PYTHON}" "${script}" "${INTER_${weight}}" "${made}"
                DEPENDS "${script}" "${INTER_${weight}}"
                COMMENT "Making Outrider Sans ${weight}" VERBATIM)
            set_source_files_properties("${made}" PROPERTIES QT_RESOURCE_ALIAS "fonts/OutriderSans-${weight}.otf")
            list(APPEND fonts "${made}")
        endif()
    endforeach()
    find_file(JETBRAINS_MONO JetBrainsMono-Regular.ttf PATHS /usr/share/fonts/truetype/jetbrains-mono /usr/local/share/fonts
        NO_DEFAULT_PATH)
    if(JETBRAINS_MONO)
        set_source_files_properties("${JETBRAINS_MONO}" PROPERTIES QT_RESOURCE_ALIAS "fonts/JetBrainsMono-Regular.ttf")
        list(APPEND fonts "${JETBRAINS_MONO}")
    endif()
    if(fonts)
        qt_add_resources(${target} "${target}_fonts" PREFIX "/outrider" FILES ${fonts})
    else()
        message(STATUS "Inter, JetBrains Mono or fontTools not found: the window uses the system's Noto Sans")
    endif()
endfunction()
