#!/bin/sh
# Starts the app of the unpacked archive. OpenGL and X11 belong to the system's graphics driver and are not
# shipped: where they are missing this says so, in place of the dynamic linker.
folder=$(dirname "$(readlink -f "$0")")/..
missing=$(LD_TRACE_LOADED_OBJECTS=1 "$folder/libexec/pagewalk-gui" | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p')
if [ -n "$missing" ]; then
  {
    echo "pagewalk-gui: this system lacks" $missing
    echo "Install OpenGL (EGL) and X11: on Debian and Ubuntu libegl1 libopengl0 libgl1 libx11-6, on Fedora"
    echo "libglvnd-egl libglvnd-opengl libglvnd-glx libX11, on Arch libglvnd libx11 mesa."
    echo "The command needs none of it: $folder/bin/pagewalk run three-programs"
  } >&2
  exit 2
fi
exec "$folder/libexec/pagewalk-gui" "$@"
