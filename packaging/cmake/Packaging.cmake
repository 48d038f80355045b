# `./dev package`: DEB, RPM and TGZ of what is installed, the same bytes for the same commit
# (SOURCE_DATE_EPOCH is set by ./dev, paths are mapped away by the house's flags).

include(GNUInstallDirs)

if(UNIX AND NOT APPLE)
    set(share "${CMAKE_SOURCE_DIR}/packaging/desktop")
    if(OUTRIDER_GUI)
        install(FILES "${share}/com.outrider.Outrider.desktop" DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
        install(FILES "${share}/com.outrider.Outrider.metainfo.xml" DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
        install(FILES "${CMAKE_SOURCE_DIR}/resources/icons/outrider.svg"
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps RENAME com.outrider.Outrider.svg)
    endif()
    install(FILES "${CMAKE_SOURCE_DIR}/packaging/debian/copyright" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/outrider)
    foreach(page IN ITEMS outrider outrider-cli)
        set(zipped "${CMAKE_BINARY_DIR}/man/${page}.1.gz")
        add_custom_command(OUTPUT "${zipped}"
            COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/man"
            COMMAND sh -c "gzip -9 -n <'${share}/${page}.1' >'${zipped}'"
            DEPENDS "${share}/${page}.1" VERBATIM)
        list(APPEND pages "${zipped}")
        install(FILES "${zipped}" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    endforeach()
    # The project's changes, and the package's as Debian wants to know them.
    foreach(pair IN ITEMS "CHANGELOG.md|changelog.gz" "packaging/debian/changelog|changelog.Debian.gz")
        string(REPLACE "|" ";" pair "${pair}")
        list(GET pair 0 source)
        list(GET pair 1 name)
        set(zipped "${CMAKE_BINARY_DIR}/man/${name}")
        add_custom_command(OUTPUT "${zipped}"
            COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/man"
            COMMAND sh -c "gzip -9 -n <'${CMAKE_SOURCE_DIR}/${source}' >'${zipped}'"
            DEPENDS "${CMAKE_SOURCE_DIR}/${source}" VERBATIM)
        list(APPEND pages "${zipped}")
        install(FILES "${zipped}" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/outrider)
    endforeach()
    install(FILES "${CMAKE_SOURCE_DIR}/docs/manual.md" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/outrider)
    add_custom_target(outrider_pages ALL DEPENDS ${pages})
endif()

set(CPACK_PACKAGE_NAME outrider)
set(CPACK_PACKAGE_VENDOR "Outrider")
set(CPACK_PACKAGE_CONTACT "The Outrider authors <outrider@outrider.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "CRM for people who sell by reaching out first")
set(CPACK_PACKAGE_DESCRIPTION "Leads, strategies and timelines in an encrypted local file; a daily task
queue worked by keyboard; e-mail, calls and messages sent from the person's
own machine.")
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/packages")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB RPM TGZ)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is loaded while running, where no linker can see it: the SVG plugin for icons, zones, the list of
# public suffixes.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6, tzdata, publicsuffix, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-noto-core, fonts-noto-cjk, libsecret-1-0, qt6-wayland, qt6-gtk-platformtheme | qt6-xdgdesktopportal-platformtheme")

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE GPL-3.0-or-later)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/man /usr/share/man/man1 /usr/share/applications
    /usr/share/metainfo /usr/share/icons /usr/share/icons/hicolor /usr/share/icons/hicolor/scalable
    /usr/share/icons/hicolor/scalable/apps)
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _buildhost outrider
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _build_id_links none")

if(WIN32)
    set(CPACK_GENERATOR NSIS64 ZIP)
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
endif()
include(CPack)
